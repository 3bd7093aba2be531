package dev.redisaccess.operator.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A committed file that is generated from the code.
 *
 * @param path in the repository
 * @param content generates the whole content
 */
record GeneratedFile(String path, Content content) {

    /** Writes all of them. */
    static final String COMMAND = "mvn -Pgenerate";

    /** Generates the content of a file. */
    interface Content {
        String text() throws IOException;
    }

    /** The comment at the top of a generated page. */
    static String notice(String source) {
        return "<!-- Generated from " + source + ". Do not edit: change that and run `" + COMMAND + "`. -->\n";
    }

    Path file() {
        return Path.of(System.getProperty("repository.root")).resolve(path);
    }

    void write() throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), content.text());
    }

    @Override
    public String toString() {
        return path;
    }
}
