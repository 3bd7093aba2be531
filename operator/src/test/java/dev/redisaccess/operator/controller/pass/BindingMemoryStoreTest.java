package dev.redisaccess.operator.controller.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.binding.BindingKey;
import org.junit.jupiter.api.Test;

class BindingMemoryStoreTest {

    private static final BindingKey KEY = new BindingKey("shop", "orders-cache");

    private final BindingMemoryStore store = new BindingMemoryStore();

    /** A watch that was interrupted may show a binding that was created again as one that was changed. */
    @Test
    void aBindingInheritsNothingFromAnotherOfItsName() {
        store.begin(KEY, "first");
        BindingMemory first = store.of(KEY);
        store.begin(KEY, "first");
        assertThat(store.of(KEY)).isSameAs(first);

        store.begin(KEY, "second");

        assertThat(store.of(KEY)).isNotSameAs(first);
    }

    /** The lane still has the former memory: a revocation that waits there must not be due any more. */
    @Test
    void aDroppedMemoryRevokesNothing() {
        BindingMemory before = store.of(KEY);
        before.addRevoking(PassFixture.ORDERS.objectId());

        store.drop(KEY);

        assertThat(before.isRevoking(PassFixture.ORDERS.objectId())).isFalse();
        assertThat(store.find(KEY)).isEmpty();
        assertThat(store.of(KEY)).isNotSameAs(before);
    }
}
