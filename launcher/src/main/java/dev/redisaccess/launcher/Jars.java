package dev.redisaccess.quickstart.process;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the programs' jars are.
 *
 * @param operator starts with {@code java -jar}
 * @param emulator starts with {@code java -jar}
 */
public record Jars(Path operator, Path emulator) {

    /** @throws IllegalArgumentException if one is not there, saying how to build it */
    public Jars {
        requireThere(operator);
        requireThere(emulator);
    }

    private static void requireThere(Path jar) {
        if (!Files.isRegularFile(jar)) {
            throw new IllegalArgumentException(
                    jar + " is not there: build it with `mvn -q -DskipTests package`, or name it with an option");
        }
    }

    /** Beside this program's own jar in the source tree: {@code <module>/target/<module>.jar}. */
    public static Path besideOwn(String module) {
        // quickstart/target/quickstart.jar, or quickstart/target/classes in a test
        Path root = own().resolve("../../..").toAbsolutePath().normalize();
        return root.resolve(module).resolve("target").resolve(module + ".jar");
    }

    /** The jar, or the directory of classes, that this class was loaded from. */
    public static Path own() {
        try {
            return Path.of(Jars.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the own jar has a location", e);
        }
    }
}
