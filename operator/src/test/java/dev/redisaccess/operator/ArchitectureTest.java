package dev.redisaccess.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which package may import which, and the table of that in docs/architecture.md. */
class ArchitectureTest {

    private static final String ROOT = "dev.redisaccess.operator";
    private static final String BEGIN = "<!-- imports: generated -->\n";
    private static final String END = "<!-- end -->\n";

    /** What was compiled together with {@link Main}, so no test. */
    private static final JavaClasses OPERATOR = new ClassFileImporter()
            .importUrl(Main.class.getProtectionDomain().getCodeSource().getLocation());

    /** Libraries by the name that a wall uses. */
    private static final Map<String, List<String>> LIBRARIES = libraries();

    /**
     * A package.
     *
     * @param holds what, for the page
     * @param imports packages of the operator, all of them earlier in the list, and libraries; the JDK in any case
     */
    record Wall(String name, String holds, List<String> imports) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Wall> walls() {
        return List.of(
                wall("api", "the two kinds, conditions, reasons", "fabric8", "Jackson's annotations"),
                wall("binding", "the domain: values, plans, decisions. **Read this first**", "api", "fabric8's model"),
                wall(
                        "binding.environment",
                        "the variables that pods read, one table",
                        "api",
                        "binding",
                        "fabric8's model"),
                wall("binding.port", "the outside systems, as interfaces", "api", "binding"),
                wall("status", "conditions from findings", "api", "binding", "fabric8's model"),
                wall(
                        "http",
                        "limits of every call to Azure and Entra: body, depth, deadline, `Retry-After`; the proxy"),
                wall("tls", "trusted certificate authorities; a changed bundle is read again", "SLF4J"),
                wall("threads", "thread pools, and the order in which they run tasks", "SLF4J"),
                wall("config", "options"),
                wall(
                        "azure",
                        "Azure Resource Manager: databases, assignments, lanes",
                        "api",
                        "binding",
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
                        "binding.port",
                        "tls",
                        "Lettuce",
                        "netty"),
                wall(
                        "publish",
                        "the ConfigMap and the Secret",
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
                        "binding.port",
                        "config",
                        "fabric8",
                        "SLF4J"),
                wall(
                        "telemetry",
                        "Events, metrics, health, logs",
                        "api",
                        "binding",
                        "binding.port",
                        "status",
                        "fabric8",
                        "Micrometer",
                        "Logback",
                        "SLF4J"),
                wall(
                        "controller.pass",
                        "one pass, without the framework",
                        "api",
                        "binding",
                        "binding.environment",
                        "binding.port",
                        "status",
                        "fabric8's model",
                        "SLF4J"),
                wall(
                        "controller",
                        "java-operator-sdk's side: two reconcilers, informers, wakeups",
                        "api",
                        "binding",
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

    private static Map<String, List<String>> libraries() {
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
        libraries.put("Micrometer", List.of("io.micrometer.."));
        libraries.put("Logback", List.of("ch.qos.logback.."));
        libraries.put("SLF4J", List.of("org.slf4j.."));
        return libraries;
    }

    @ParameterizedTest
    @MethodSource("walls")
    void eachPackageImportsOnlyWhatItMay(Wall wall) {
        List<String> allowed = new ArrayList<>(List.of("java..", "javax..", ROOT + "." + wall.name()));
        for (String name : wall.imports()) {
            allowed.addAll(LIBRARIES.getOrDefault(name, List.of(ROOT + "." + name)));
        }
        classes()
                .that()
                .resideInAPackage(ROOT + "." + wall.name())
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.toArray(String[]::new))
                .check(OPERATOR);
    }

    @Test
    void noPackageImportsOneThatIsLaterInTheList() {
        List<String> earlier = new ArrayList<>(LIBRARIES.keySet());
        for (Wall wall : walls()) {
            assertThat(earlier).as(wall.name()).containsAll(wall.imports());
            earlier.add(wall.name());
        }
    }

    @Test
    void everyPackageHasAWall() {
        List<String> packages = OPERATOR.stream()
                .map(JavaClass::getPackageName)
                .distinct()
                .filter(name -> !name.equals(ROOT))
                .toList();
        assertThat(walls()).map(wall -> ROOT + "." + wall.name()).containsExactlyInAnyOrderElementsOf(packages);
    }

    @Test
    void noTwoPackagesImportEachOtherAtAnyLevel() {
        slices().assignedFrom(packages()).should().beFreeOfCycles().check(OPERATOR);
    }

    /** Each package is a slice, one within another also: a pattern would put parent and child into one. */
    private static SliceAssignment packages() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
                return SliceIdentifier.of(javaClass.getPackageName());
            }

            @Override
            public String getDescription() {
                return "packages";
            }
        };
    }

    @Test
    void nothingImportsTheRoot() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT)
                .check(OPERATOR);
    }

    /** With {@code -Dregenerate=true} the table is written first. */
    @Test
    void thePageHasTheseWalls() throws IOException {
        Path file = Path.of(System.getProperty("repository.root"), "docs", "architecture.md");
        String page = Files.readString(file);
        String expected =
                page.substring(0, page.indexOf(BEGIN) + BEGIN.length()) + table() + page.substring(page.indexOf(END));
        if (Boolean.getBoolean("regenerate")) {
            Files.writeString(file, expected);
        }
        assertThat(Files.readString(file)).isEqualTo(expected);
    }

    private static String table() {
        Stream<String> rows = walls().stream()
                .map(wall -> "| `" + wall.name() + "` | " + wall.holds() + " | " + imports(wall) + " |\n");
        return "| package | holds | may import |\n|---|---|---|\n"
                + rows.collect(Collectors.joining())
                + "| (root) | `Main`; `OperatorRuntime` creates every object once; `OutsideSystems` the adapters |"
                + " everything |\n";
    }

    private static String imports(Wall wall) {
        return wall.imports().isEmpty()
                ? "nothing else"
                : wall.imports().stream()
                        .map(name -> LIBRARIES.containsKey(name) ? name : "`" + name + "`")
                        .collect(Collectors.joining(", "));
    }

    private static Wall wall(String name, String holds, String... imports) {
        return new Wall(name, holds, List.of(imports));
    }
}
