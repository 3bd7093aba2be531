package dev.redisaccess.launcher;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The source tree that a program was built in.
 *
 * @param root the folder of the parent's {@code pom.xml}
 */
public record SourceTree(Path root) {

    /** @param program a class in {@code MODULE/target/MODULE.jar}, or in {@code MODULE/target/classes} in a test */
    public static SourceTree of(Class<?> program) {
        try {
            Path own = Path.of(
                    program.getProtectionDomain().getCodeSource().getLocation().toURI());
            return new SourceTree(own.resolve("../../..").toAbsolutePath().normalize());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("A class has no location on the class path.", e);
        }
    }

    /**
     * The jar of a module, which may not have been built yet.
     *
     * @param module its folder, such as {@code operator}
     */
    public Path jar(String module) {
        Path folder = root.resolve(module);
        return folder.resolve("target").resolve(folder.getFileName() + ".jar");
    }

    /** @throws IllegalArgumentException if there is no such jar, with the command that builds it */
    public static Path requireBuilt(Path jar) {
        if (!Files.isRegularFile(jar)) {
            throw new IllegalArgumentException(
                    "There is no file `" + jar + "`. Build it with `mvn -q -DskipTests package`.");
        }
        return jar;
    }
}
