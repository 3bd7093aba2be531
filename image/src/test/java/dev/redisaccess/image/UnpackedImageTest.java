package dev.redisaccess.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redisaccess.launcher.JavaProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command is the container's, with the image's files and none of this machine's. */
class UnpackedImageTest {

    private static final String JIB = """
            ["java", "-Xss512k", "-XX:AOTCache=/app/operator.aot", "-cp", "@/app/class-path", "a.Main"]""";

    @TempDir
    private Path directory;

    private Path root;

    @BeforeEach
    void unpack() throws IOException {
        root = Files.createDirectories(directory.resolve("root")).toRealPath();
        Files.createDirectories(root.resolve("app"));
        Files.writeString(root.resolve("app/class-path"), "/app/classpath/*:/app/libs/b.jar");
        Files.createDirectories(root.resolve("opt/java/bin"));
    }

    @Test
    void everyPathIsInsideTheFolder() throws IOException {
        Path java = executable(root.resolve("opt/java/bin/java"));

        JavaProgram program = image(JIB).program();

        assertThat(program.java()).isEqualTo(java);
        assertThat(program.flags()).containsExactly("-Xss512k", "-XX:AOTCache=" + root + "/app/operator.aot");
        assertThat(program.main())
                .containsExactly("-cp", root + "/app/classpath/*:" + root + "/app/libs/b.jar", "a.Main");
        assertThat(program.environment()).containsEntry("LANG", "C.UTF-8").doesNotContainKey("PATH");
    }

    @Test
    void javaIsTheFirstOnTheImagesPath() throws IOException {
        executable(root.resolve("opt/java/bin/java"));
        Files.createDirectories(root.resolve("usr/bin"));
        Path first = executable(root.resolve("usr/bin/java"));

        assertThat(image(JIB).program().java()).isEqualTo(first);
    }

    @Test
    void thisMachinesJavaIsNotTaken() throws IOException {
        Path elsewhere = executable(directory.resolve("java"));
        Files.createSymbolicLink(root.resolve("opt/java/bin/java"), elsewhere);

        assertThatThrownBy(() -> image(JIB).program()).hasMessageContaining("is a link out of the image");
    }

    @Test
    void anImageWithoutJavaIsRefused() throws IOException {
        assertThatThrownBy(() -> image(JIB).program()).hasMessageContaining("has no `java` on its `PATH`.");
        assertThatThrownBy(() -> image("[\"/operator\"]").program()).hasMessageContaining("entry point");
    }

    @Test
    void itsJarsAreThoseOfTheClassPath() throws IOException {
        Path operator = Files.createFile(
                Files.createDirectories(root.resolve("app/classpath")).resolve("operator.jar"));
        Files.createFile(root.resolve("app/classpath/notes.txt"));

        assertThat(image(JIB).jars()).containsExactly(operator, root.resolve("app/libs/b.jar"));
    }

    private UnpackedImage image(String entrypoint) throws IOException {
        Path configuration = Files.writeString(directory.resolve("config.json"), """
                {"config": {"Env": ["PATH=/usr/bin:/opt/java/bin", "LANG=C.UTF-8"], "Entrypoint": %s}}
                """.formatted(entrypoint));
        return UnpackedImage.read(root, configuration);
    }

    private static Path executable(Path file) throws IOException {
        Files.writeString(file, "");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}
