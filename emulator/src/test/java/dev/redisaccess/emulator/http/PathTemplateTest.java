package dev.redisaccess.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathTemplateTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "/a/{x}/b,/A/one/B,x=one",
                "/a/{x}/b,/a/one/c,-",
                "/a/{x},/a/one/two,-",
                "/{scope*}/roles/{n},/s/1/roles/two,scope=/s/1 n=two",
                "/{scope*}/roles/{n},/roles/two,scope=/ n=two",
                "/{scope*}/roles/{n},/two,-",
            })
    void fillsItsHolesWhenThePathFits(String template, String path, String expected) {
        List<String> segments =
                Arrays.stream(path.split("/")).filter(each -> !each.isEmpty()).toList();
        Optional<Map<String, String>> values = new PathTemplate(template).match(segments);
        if (expected == null) {
            assertThat(values).isEmpty();
        } else {
            for (String pair : expected.split(" ")) {
                assertThat(values.orElseThrow()).containsEntry(pair.split("=")[0], pair.split("=")[1]);
            }
        }
    }
}
