package dev.redisaccess.launcher;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A program to start.
 *
 * @param name for messages and for the log files
 * @param command the program and its arguments
 * @param environment added to the environment of this process, or all of it
 * @param isolated the program has no variables but {@code environment}
 */
public record Launch(String name, List<String> command, Map<String, String> environment, boolean isolated) {

    private static final List<String> PRIVATE = List.of(
            "AZURE_", "REDIS_", "IDENTITY_", "IMDS_", "MSI_", "KUBECONFIG", "KUBERNETES_", "POD_", "JAVA_TOOL_OPTIONS");

    public Launch {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** A program that inherits what is not private. */
    public static Launch of(String name, JavaProgram program, Map<String, String> environment) {
        return of(name, program, environment, false);
    }

    /** A program that inherits nothing, like the only program of a pod. */
    public static Launch isolated(String name, JavaProgram program, Map<String, String> environment) {
        return of(name, program, environment, true);
    }

    private static Launch of(String name, JavaProgram program, Map<String, String> environment, boolean isolated) {
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.putAll(program.environment());
        return new Launch(name, program.command(), all, isolated);
    }

    /**
     * Whether the program inherits a variable of this process. Settings of Azure, Kubernetes and Redis in the user's shell
     * must not change what runs.
     */
    boolean inherits(String variable) {
        return !isolated && PRIVATE.stream().noneMatch(variable::startsWith);
    }
}
