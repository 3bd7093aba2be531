package dev.redisaccess.operator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A package of the operator, and what it may import. {@link ArchitectureTest} checks it, and docs/architecture.md has a table
 * of all.
 *
 * @param name below {@link #ROOT}
 * @param holds its content, for the page
 * @param imports packages of the operator, all of them earlier in the list, and libraries; the JDK in any case
 */
public record PackageRule(String name, String holds, List<String> imports) {

    static final String ROOT = "dev.redisaccess.operator";

    /** Packages of the libraries, by the name that a wall uses. */
    private static final Map<String, List<String>> LIBRARIES = packagesOfLibraries();

    /** All of them; each imports only earlier ones. */
    static List<PackageRule> all() {
        return List.of(
                wall("api", "the kinds, conditions, reasons", "fabric8", "Jackson's annotations"),
                wall(
                        "binding.acl",
                        "the grammar of access strings, what they allow, and the commands that verify them"),
                wall(
                        "binding",
                        "the domain: values, plans, decisions. **Read this first**",
                        "api",
                        "binding.acl",
                        "fabric8's model"),
                wall(
                        "binding.environment",
                        "the variables that pods read, one table",
                        "api",
                        "binding",
                        "fabric8's model"),
                wall(
                        "binding.review",
                        "who has access and why: kinds of assignments, pages, what may be revoked",
                        "api",
                        "binding",
                        "fabric8's model"),
                wall(
                        "binding.port",
                        "the outside systems, as interfaces, and what their adapters share",
                        "api",
                        "binding",
                        "binding.acl"),
                wall("status", "conditions from findings", "api", "binding", "fabric8's model"),
                wall(
                        "http",
                        "limits of every call to Azure and Entra: body, depth, deadline, `Retry-After`; the proxy"),
                wall(
                        "tls",
                        "trusted certificate authorities; a changed bundle is read again; sessions that may be resumed",
                        "SLF4J"),
                wall("threads", "thread pools, and the order in which they run tasks", "SLF4J"),
                wall("config", "options"),
                wall(
                        "azure",
                        "Azure Resource Manager: databases, assignments, lanes",
                        "api",
                        "binding",
                        "binding.acl",
                        "binding.port",
                        "http",
                        "tls",
                        "Azure SDK",
                        "Reactor",
                        "Jackson",
                        "SLF4J"),
                wall(
                        "entra",
                        "ServiceAccount token → Entra token; failure classes",
                        "api",
                        "binding",
                        "binding.port",
                        "status",
                        "http",
                        "tls",
                        "fabric8",
                        "Jackson"),
                wall(
                        "redis",
                        "the verifier; failure classes",
                        "api",
                        "binding",
                        "binding.acl",
                        "binding.port",
                        "tls",
                        "Lettuce",
                        "netty"),
                wall(
                        "publish",
                        "the ConfigMap, the Secret and the access report",
                        "api",
                        "binding",
                        "binding.environment",
                        "binding.port",
                        "status",
                        "fabric8"),
                wall(
                        "kubernetes",
                        "the client of the API server, and what is kept of its responses",
                        "api",
                        "binding",
                        "binding.environment",
                        "http",
                        "threads",
                        "fabric8",
                        "Jackson",
                        "SLF4J"),
                wall(
                        "leadership",
                        "the Lease, and the fence after a pause",
                        "api",
                        "binding",
                        "binding.acl",
                        "binding.port",
                        "config",
                        "fabric8",
                        "SLF4J"),
                wall(
                        "telemetry.trace",
                        "traces of bindings on their way to Ready",
                        "api",
                        "binding",
                        "binding.port",
                        "status",
                        "fabric8's model",
                        "OpenTelemetry",
                        "SLF4J"),
                wall(
                        "telemetry",
                        "Events, metrics, health, logs",
                        "api",
                        "binding",
                        "binding.acl",
                        "binding.review",
                        "binding.port",
                        "status",
                        "fabric8",
                        "Prometheus' client",
                        "Logback",
                        "SLF4J"),
                wall(
                        "controller.pass",
                        "one pass, without the framework",
                        "api",
                        "binding",
                        "binding.acl",
                        "binding.environment",
                        "binding.review",
                        "binding.port",
                        "status",
                        "fabric8's model",
                        "SLF4J"),
                wall(
                        "controller",
                        "java-operator-sdk's side: two reconcilers, informers, wakeups",
                        "api",
                        "binding",
                        "binding.review",
                        "binding.port",
                        "status",
                        "threads",
                        "config",
                        "kubernetes",
                        "telemetry",
                        "controller.pass",
                        "fabric8",
                        "JOSDK",
                        "SLF4J"));
    }

    /** The names of the libraries. */
    static Set<String> libraries() {
        return LIBRARIES.keySet();
    }

    /** The patterns of the packages that it may import. */
    List<String> importedPackages() {
        return imports.stream()
                .flatMap(name -> LIBRARIES.getOrDefault(name, List.of(ROOT + "." + name)).stream())
                .toList();
    }

    /** The rows of the table in docs/architecture.md. */
    public static String table() {
        String rows = all().stream()
                .map(wall -> "| `" + wall.name + "` | " + wall.holds + " | " + wall.imported() + " |\n")
                .collect(Collectors.joining());
        return "| package | holds | may import |\n|---|---|---|\n"
                + rows
                + "| (root) | `Main`; `OperatorRuntime` creates every object once; `OutsideSystems` the adapters |"
                + " everything |\n";
    }

    private String imported() {
        return imports.isEmpty()
                ? "nothing else"
                : imports.stream()
                        .map(name -> LIBRARIES.containsKey(name) ? name : "`" + name + "`")
                        .collect(Collectors.joining(", "));
    }

    private static PackageRule wall(String name, String holds, String... imports) {
        return new PackageRule(name, holds, List.of(imports));
    }

    @Override
    public String toString() {
        return name;
    }

    private static Map<String, List<String>> packagesOfLibraries() {
        Map<String, List<String>> libraries = new LinkedHashMap<>();
        libraries.put("fabric8", List.of("io.fabric8.."));
        libraries.put("fabric8's model", List.of("io.fabric8.kubernetes.api.model..", "io.fabric8.kubernetes.client"));
        libraries.put("JOSDK", List.of("io.javaoperatorsdk.."));
        libraries.put("Azure SDK", List.of("com.azure..", "com.microsoft.aad.."));
        libraries.put("Reactor", List.of("reactor.."));
        libraries.put("Jackson", List.of("com.fasterxml.jackson.."));
        libraries.put("Jackson's annotations", List.of("com.fasterxml.jackson.annotation.."));
        libraries.put("Lettuce", List.of("io.lettuce.."));
        libraries.put("netty", List.of("io.netty.."));
        libraries.put("Prometheus' client", List.of("io.prometheus.."));
        libraries.put("OpenTelemetry", List.of("io.opentelemetry.."));
        libraries.put("Logback", List.of("ch.qos.logback.."));
        libraries.put("SLF4J", List.of("org.slf4j.."));
        return libraries;
    }
}
