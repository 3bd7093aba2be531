package dev.redisaccess.quickstart.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What to start.
 *
 * @param name for messages and for the log file
 * @param command the program and its arguments
 * @param environment added to that of the quickstart, or all of it
 * @param isolated the program gets nothing but {@code environment}
 */
public record Launch(String name, List<String> command, Map<String, String> environment, boolean isolated) {
    /** Start fast and stay small: these programs live for seconds. */
    private static final List<String> JVM = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xms16m",
            "-Xmx160m");

    private static final List<String> PRIVATE = List.of(
            "AZURE_", "REDIS_", "IDENTITY_", "IMDS_", "MSI_", "KUBECONFIG", "KUBERNETES_", "POD_", "JAVA_TOOL_OPTIONS");

    public Launch {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** A jar that starts with {@code java -jar}. */
    public static Launch jar(String name, Path jar, List<String> arguments) {
        List<String> command = new ArrayList<>(JVM);
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(arguments);
        return new Launch(name, command, Map.of(), false);
    }

    /** A main class of a jar, as the only program of a pod: it inherits nothing. */
    public static Launch isolated(String name, ClassPath classPath, Map<String, String> environment) {
        List<String> command = new ArrayList<>(JVM);
        command.addAll(List.of("-cp", classPath.path(), classPath.mainClass()));
        return new Launch(name, command, environment, true);
    }

    /**
     * Whether a variable of the quickstart's own environment reaches the program. Settings of Azure, Kubernetes and Redis
     * that a person happens to have must not change what runs.
     */
    boolean inherits(String variable) {
        return !isolated && PRIVATE.stream().noneMatch(variable::startsWith);
    }

    public Launch with(Map<String, String> added) {
        return new Launch(name, command, added, isolated);
    }

    /** Where a main class is found. */
    public record ClassPath(String path, String mainClass) {}
}
