package dev.redisaccess.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A page that is generated and committed: a test fails if it differs from its source.
 *
 * @param file its path in the repository
 */
record GeneratedPage(String file) {

    /** The first lines of such a page. */
    static String notice(String source, Class<?> test) {
        return "<!-- Generated from " + source + ". Do not edit: change that and run\n"
                + "     mvn -q test -pl operator -am -Dtest=" + test.getSimpleName()
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dregenerate=true -->\n";
    }

    /** Fails if the committed page differs; with {@code -Dregenerate=true} it is written first. */
    void mustBe(String generated) {
        Path page = Path.of(System.getProperty("repository.root")).resolve(file);
        try {
            if (Boolean.getBoolean("regenerate")) {
                Files.createDirectories(page.getParent());
                Files.writeString(page, generated);
            }
            assertThat(page)
                    .as(file + " differs from what it is generated from; run with -Dregenerate=true")
                    .exists()
                    .content()
                    .isEqualTo(generated);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
