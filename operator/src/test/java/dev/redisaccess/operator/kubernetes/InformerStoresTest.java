package dev.redisaccess.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InformerStoresTest {

    private final List<String> removed = new ArrayList<>();
    private final InformerStores<ServiceAccount> stores =
            new InformerStores<>(PruningItemStore::serviceAccount, removed::add);
    private final PruningItemStore<ServiceAccount> shop = stores.create();
    private final PruningItemStore<ServiceAccount> billing = stores.create();

    private static ServiceAccount account(String namespace, String version) {
        return new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("orders")
                .withResourceVersion(version)
                .addToLabels("team", "orders")
                .endMetadata()
                .build();
    }

    @Test
    void whatOneInformerRemovesStaysInTheStoreOfAnother() {
        shop.put("shop/orders", account("shop", "1"));
        billing.put("billing/orders", account("billing", "2"));
        assertThat(stores.values()).hasSize(2);

        shop.remove("shop/orders");

        assertThat(removed).containsExactly("shop/orders");
        assertThat(billing.values()).hasSize(1);
        assertThat(stores.values()).containsExactly(billing.get("billing/orders"));
    }

    /** Otherwise the framework holds each object twice, where the watch was faster than the response to a write. */
    @Test
    void theResponseToAWriteIsWhatTheWatchHasReceived() {
        billing.put("billing/orders", account("billing", "2"));

        assertThat(stores.kept(account("billing", "2"))).isSameAs(billing.get("billing/orders"));
    }

    @Test
    void aResponseThatTheWatchHasNotReceivedYetIsKeptAsItWouldBeStored() {
        shop.put("shop/orders", account("shop", "1"));
        ServiceAccount response = account("shop", "2");

        assertThat(stores.kept(response)).isSameAs(response);
        assertThat(response.getMetadata().getLabels()).isEmpty();
        assertThat(shop.get("shop/orders").getMetadata().getResourceVersion()).isEqualTo("1");
    }
}
