package dev.redisaccess.operator.controller.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.ObjectId;
import org.junit.jupiter.api.Test;

class BindingMemoriesTest {

    private static final BindingKey KEY = new BindingKey("shop", "cache");
    private static final ObjectId PRINCIPAL = new ObjectId("11111111-1111-1111-1111-111111111111");

    private final BindingMemoryStore memories = new BindingMemoryStore();

    @Test
    void forgetsWhatIsGone() {
        memories.of(KEY).revoking(PRINCIPAL, true);
        memories.drop(KEY);
        assertThat(memories.find(KEY)).isEmpty();
        assertThat(memories.of(KEY).revoking(PRINCIPAL)).isFalse();
    }
}
