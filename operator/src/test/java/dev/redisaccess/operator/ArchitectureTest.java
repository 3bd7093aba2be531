package dev.redisaccess.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which package may know what. docs/architecture.md has the same table in words. */
class ArchitectureTest {

    private static final String ROOT = "dev.redisaccess.operator";
    private static final String[] JDK = {"java..", "javax.."};
    private static final String LOG = "org.slf4j..";
    private static final JavaClasses OPERATOR = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    /** A package, and what it may import besides the JDK and itself. */
    record Wall(String name, List<String> mayImport) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Wall> walls() {
        return List.of(
                wall("api", "io.fabric8..", "com.fasterxml.jackson.annotation.."),
                wall("binding", own("api"), "io.fabric8.kubernetes.api.model..", "io.fabric8.kubernetes.client"),
                wall(
                        "status",
                        own("api"),
                        own("binding"),
                        "io.fabric8.kubernetes.api.model..",
                        "io.fabric8.kubernetes.client"),
                wall("tls", LOG),
                wall("http"),
                wall(
                        "azure",
                        own("api"),
                        own("binding"),
                        own("http"),
                        own("tls"),
                        LOG,
                        "com.azure..",
                        "com.microsoft.aad..",
                        "reactor..",
                        "com.fasterxml.jackson.."),
                wall(
                        "entra",
                        own("api"),
                        own("binding"),
                        own("status"),
                        own("http"),
                        own("tls"),
                        LOG,
                        "io.fabric8..",
                        "com.fasterxml.jackson.."),
                wall("redis", own("api"), own("binding"), own("tls"), LOG, "io.lettuce..", "io.netty..", "reactor.."),
                wall("publish", own("api"), own("binding"), own("status"), LOG, "io.fabric8.."),
                wall(
                        "kubernetes",
                        own("api"),
                        own("binding"),
                        LOG,
                        "io.fabric8.kubernetes.client..",
                        "com.fasterxml.jackson.."),
                wall("config"),
                wall(
                        "telemetry",
                        own("api"),
                        own("binding"),
                        own("status"),
                        LOG,
                        "ch.qos.logback..",
                        "io.fabric8..",
                        "io.micrometer.."),
                wall("controller.pass", own("api"), own("binding"), own("status"), LOG, "io.fabric8.."),
                wall(
                        "controller",
                        own("api"),
                        own("binding"),
                        own("status"),
                        own("config"),
                        own("telemetry"),
                        LOG,
                        "io.fabric8..",
                        "io.javaoperatorsdk.."));
    }

    @ParameterizedTest
    @MethodSource("walls")
    void eachPackageImportsOnlyWhatItMay(Wall wall) {
        List<String> allowed = new ArrayList<>(List.of(JDK));
        allowed.add(own(wall.name()));
        allowed.addAll(wall.mayImport());
        ArchRule rule = classes()
                .that()
                .resideInAPackage(own(wall.name()))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.toArray(String[]::new));
        rule.check(OPERATOR);
    }

    @Test
    void noTwoPackagesKnowEachOther() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(OPERATOR);
    }

    @Test
    void nothingButTheEdgeKnowsTheFramework() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".controller")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.javaoperatorsdk..")
                .check(OPERATOR);
    }

    private static Wall wall(String name, String... mayImport) {
        return new Wall(name, List.of(mayImport));
    }

    private static String own(String name) {
        return ROOT + "." + name + "..";
    }
}
