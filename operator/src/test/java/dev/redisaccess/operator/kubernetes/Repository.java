package dev.redisaccess.operator.kubernetes;

import java.nio.file.Path;

/** Where the repository's files are. */
final class Repository {

    private Repository() {}

    static Path file(String path) {
        return Path.of(System.getProperty("repository.root")).resolve(path);
    }
}
