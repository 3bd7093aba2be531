package dev.redisaccess.benchmark;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The tree that this program was built in. */
final class SourceTree {

    private SourceTree() {}

    /** @throws IllegalArgumentException if it was not built */
    static Path operatorJar() {
        Path jar = root().resolve("operator").resolve("target").resolve("operator.jar");
        if (!Files.isRegularFile(jar)) {
            throw new IllegalArgumentException(
                    jar + " is not there: build it with `mvn -q -DskipTests package`, or name it with --operator-jar");
        }
        return jar;
    }

    /** Above benchmark/target/benchmark.jar, or benchmark/target/classes in a test. */
    static Path root() {
        try {
            return Path.of(SourceTree.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .resolve("../../..")
                    .toAbsolutePath()
                    .normalize();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the own jar has a location", e);
        }
    }
}
