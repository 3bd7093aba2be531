package dev.redisaccess.operator.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.kubernetes.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoleExamplesTest {

    private static final Pattern ACTION = Pattern.compile("['\"](Microsoft\\.Cache/[A-Za-z/]+)['\"]");

    @ParameterizedTest
    @ValueSource(strings = {"operator-role.json", "main.bicep", "terraform/main.tf"})
    void grantsWhatTheOperatorDoesAndNoMore(String file) throws IOException {
        String text = Files.readString(Repository.file("examples/azure").resolve(file));

        List<String> actions = ACTION.matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(found -> !found.contains("@"))
                .toList();

        assertThat(actions)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(ArmAction.values()).map(ArmAction::permission).toList());
    }
}
