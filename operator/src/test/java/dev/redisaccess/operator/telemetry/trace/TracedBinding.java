package dev.redisaccess.operator.telemetry.trace;

import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingStatus;
import dev.redisaccess.operator.azure.FakeClock;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.ObjectId;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;

/** Bindings as a pass gets them. */
final class TracedBinding {

    static final DatabaseId DATABASE = new DatabaseId("11111111-1111-1111-1111-111111111111", "shop", "orders");
    static final ObjectId PRINCIPAL = new ObjectId("aaaaaaaa-0000-0000-0000-000000000001");

    private TracedBinding() {}

    /** One that was created at this time, and has the status that the CRD gives. */
    static RedisAccessBinding created(String name, Instant at) {
        return of(name, at, """
                  conditions:
                  - {type: Ready, status: Unknown, reason: NotAttempted, message: "-", lastTransitionTime: "1970-01-01T00:00:00Z"}
                """);
    }

    /** One that was Ready, and is so or not since some time, as of a generation; its own is 2. */
    static RedisAccessBinding published(String name, String ready, Instant since, long generation) {
        return of(name, FakeClock.START.minusSeconds(9_999), """
                  environment: {configMapName: orders}
                  conditions:
                  - {type: Ready, status: "%s", reason: X, message: "-", lastTransitionTime: "%s", observedGeneration: %d}
                """.formatted(ready, since, generation));
    }

    static BindingKey key(String name) {
        return new BindingKey("shop", name);
    }

    private static RedisAccessBinding of(String name, Instant created, String status) {
        RedisAccessBinding binding = Serialization.unmarshal("""
                apiVersion: redisaccess.dev/v1alpha1
                kind: RedisAccessBinding
                metadata: {name: %s, namespace: shop, generation: 2, creationTimestamp: "%s"}
                spec: {databaseRef: {name: orders-cache}, serviceAccountName: orders}
                """.formatted(name, created), RedisAccessBinding.class);
        binding.setStatus(Serialization.unmarshal(status, RedisAccessBindingStatus.class));
        return binding;
    }
}
