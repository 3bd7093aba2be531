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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The packages of the operator import what their {@link PackageRule} lists, and nothing else. */
class ArchitectureTest {

    private static final String ROOT = PackageRule.ROOT;

    /** What was compiled together with {@link Main}, so no test. */
    private static final JavaClasses OPERATOR = new ClassFileImporter()
            .importUrl(Main.class.getProtectionDomain().getCodeSource().getLocation());

    @ParameterizedTest
    @MethodSource("dev.redisaccess.operator.PackageRule#all")
    void eachPackageImportsOnlyWhatItMay(PackageRule wall) {
        List<String> allowed =
                new ArrayList<>(List.of("java..", "javax..", "com.sun.management..", ROOT + "." + wall.name()));
        allowed.addAll(wall.importedPackages());
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
        List<String> earlier = new ArrayList<>(PackageRule.libraries());
        for (PackageRule wall : PackageRule.all()) {
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
        assertThat(PackageRule.all())
                .map(wall -> ROOT + "." + wall.name())
                .containsExactlyInAnyOrderElementsOf(packages);
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
}
