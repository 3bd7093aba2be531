package dev.redisaccess.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A Java program and how it is started.
 *
 * @param java the executable {@code java} of the runtime
 * @param flags for the runtime
 * @param main what follows the flags: where the classes are, the class that starts, and its arguments
 * @param environment variables that replace those of a launch
 */
public record JavaProgram(Path java, List<String> flags, List<String> main, Map<String, String> environment) {

    /** For a fast start and a small heap: tests and the quickstart run a program for seconds. */
    private static final List<String> SMALL =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xms16m", "-Xmx160m");

    public JavaProgram {
        flags = List.copyOf(flags);
        main = List.copyOf(main);
        environment = Map.copyOf(environment);
    }

    /** A jar that starts with {@code java -jar}, on the runtime of this process, with flags for a short life. */
    public static JavaProgram small(Path jar, String... arguments) {
        List<String> main = new ArrayList<>(List.of("-jar", jar.toString()));
        main.addAll(List.of(arguments));
        return new JavaProgram(ownJava(), SMALL, main, Map.of());
    }

    /** The same for a main class. */
    public static JavaProgram small(String classPath, String mainClass) {
        return new JavaProgram(ownJava(), SMALL, List.of("-cp", classPath, mainClass), Map.of());
    }

    private static Path ownJava() {
        return javaOf(Path.of(System.getProperty("java.home")));
    }

    private static Path javaOf(Path home) {
        return home.resolve("bin").resolve("java");
    }

    /**
     * A jar that starts with {@code java -jar}, with these flags only.
     *
     * @param home the folder of the runtime
     */
    public static JavaProgram ofJar(Path home, List<String> flags, Path jar) {
        return new JavaProgram(javaOf(home), flags, List.of("-jar", jar.toString()), Map.of());
    }

    /** With another jar. */
    public JavaProgram withJar(Path jar) {
        return new JavaProgram(java, flags, List.of("-jar", jar.toString()), environment);
    }

    /** With more flags. */
    public JavaProgram plus(List<String> more) {
        List<String> all = new ArrayList<>(flags);
        all.addAll(more);
        return new JavaProgram(java, all, main, environment);
    }

    /** Without some flags. */
    public JavaProgram without(Predicate<String> unwanted) {
        return new JavaProgram(java, flags.stream().filter(unwanted.negate()).toList(), main, environment);
    }

    /** On another runtime. */
    public JavaProgram on(Path home) {
        return new JavaProgram(javaOf(home), flags, main, environment);
    }

    /** The command line. */
    public List<String> command() {
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(flags);
        command.addAll(main);
        return command;
    }

    /** The version of the runtime, from its release file, such as {@code JDK 25.0.1}. */
    public String version() {
        Path release = java.resolveSibling("..").resolve("release").normalize();
        try (Stream<String> lines = Files.lines(release)) {
            return lines.filter(line -> line.startsWith("JAVA_RUNTIME_VERSION=") || line.startsWith("JAVA_VERSION="))
                    .findFirst()
                    .map(line -> "JDK " + line.replaceAll(".*=|\"", ""))
                    .orElse("JDK");
        } catch (IOException e) {
            throw new UncheckedIOException("There is no Java runtime at `" + java + "`.", e);
        }
    }

    /** The feature release of the runtime, such as 25. */
    public int feature() {
        return Runtime.Version.parse(version().replaceFirst("JDK ", "").replaceAll("-.*", ""))
                .feature();
    }
}
