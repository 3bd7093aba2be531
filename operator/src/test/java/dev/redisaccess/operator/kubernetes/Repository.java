package dev.redisaccess.operator.kubernetes;

import java.nio.file.Path;

/** The files of the repository. */
public final class Repository {

    private Repository() {}

    /** @param path from the root */
    public static Path file(String path) {
        return Path.of(System.getProperty("repository.root")).resolve(path);
    }
}
