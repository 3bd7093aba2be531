package dev.redisaccess.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.kubernetes.Repository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Generated files are committed as they are generated. */
class GeneratedFilesTest {

    static Stream<GeneratedFile> files() throws IOException {
        return GeneratedFiles.all().stream();
    }

    @ParameterizedTest
    @MethodSource("files")
    void isCommittedAsItIsGenerated(GeneratedFile file) throws IOException {
        assertThat(file.file())
                .as("`%s` is out of date. Run `%s` and commit the result.", file, GeneratedFile.COMMAND)
                .exists()
                .content()
                .isEqualTo(file.content().text());
    }

    static List<String> crdFolders() {
        return GeneratedFiles.CRD_FOLDERS;
    }

    @ParameterizedTest
    @MethodSource("crdFolders")
    void noOtherCrdIsCommitted(String folder) throws IOException {
        List<Path> generated = files().map(GeneratedFile::file).toList();
        Path committed = Repository.file(folder);

        assertThat(committed).isDirectoryContaining("glob:**.yml");
        assertThat(committed.toFile().listFiles())
                .allSatisfy(file -> assertThat(generated).contains(file.toPath()));
    }
}
