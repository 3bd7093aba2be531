package dev.redisaccess.operator.docs;

import dev.redisaccess.operator.kubernetes.Repository;
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

    /** A page of which only the part between two lines is generated. */
    static GeneratedFile part(String path, String begin, String end, Content part) {
        return new GeneratedFile(path, () -> {
            String page = Files.readString(Repository.file(path));
            return page.substring(0, page.indexOf(begin) + begin.length())
                    + part.text()
                    + page.substring(page.indexOf(end));
        });
    }

    /** The comment at the top of a generated page. */
    static String notice(String source) {
        return "<!-- " + generatedFrom(source) + " -->\n";
    }

    /** The sentence for readers who would edit a generated file. */
    static String generatedFrom(String source) {
        return "Generated from " + source + ". Do not edit: change that and run `" + COMMAND + "`.";
    }

    Path file() {
        return Repository.file(path);
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
