package dev.redisaccess.operator.binding.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContentHashTest {

    @Test
    void theHashChangesWithTheContentOnly() {
        String hash = ContentHash.of(Map.of("A", "1", "B", "2"));

        assertThat(ContentHash.of(Map.of("B", "2", "A", "1"))).isEqualTo(hash);
        assertThat(ContentHash.of(Map.of("A", "1", "B", "3"))).isNotEqualTo(hash);
        assertThat(ContentHash.of(Map.of("A", "1B2"))).isNotEqualTo(hash);
    }

    /** As the API server takes it. */
    @Test
    void whatHasNoValueIsEmpty() {
        Map<String, String> none = new HashMap<>();
        none.put("A", null);

        assertThat(ContentHash.of(none)).isEqualTo(ContentHash.of(Map.of("A", "")));
    }
}
