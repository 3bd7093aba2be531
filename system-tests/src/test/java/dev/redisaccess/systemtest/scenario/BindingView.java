package dev.redisaccess.systemtest.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.redisaccess.operator.api.BirthStatus;
import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;

/** A binding as a user of kubectl sees it. */
public record BindingView(KubernetesClient client, String namespace, String name) {

    /** Much more than anything takes: a loaded machine must not fail a test. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final Duration LOOK = Duration.ofMillis(100);

    Resource<RedisAccessBinding> resource() {
        return client.resources(RedisAccessBinding.class).inNamespace(namespace).withName(name);
    }

    public Optional<RedisAccessBinding> find() {
        return Optional.ofNullable(resource().get());
    }

    /** Empty: nothing was reported yet. */
    public Optional<RedisAccessBindingStatus> status() {
        return find().map(RedisAccessBinding::getStatus).filter(status -> !BirthStatus.is(status.conditions()));
    }

    public List<Condition> conditions() {
        return status().map(RedisAccessBindingStatus::conditions).orElse(List.of());
    }

    public Optional<Condition> condition(ConditionType type) {
        return conditions().stream()
                .filter(condition -> condition.getType().equals(type.text()))
                .findFirst();
    }

    /** Waits until this is why the binding is not Ready, and gives the condition. */
    Condition awaitFailure(ConditionType type, Reason reason) {
        return awaitNotReady("False", type, reason);
    }

    /**
     * The same.
     *
     * @param status False where it is known not to hold, Unknown where nothing is known to be wrong
     */
    Condition awaitNotReady(String status, ConditionType type, Reason reason) {
        String expected = status + "/" + reason.text();
        patiently("%s=%s".formatted(type.text(), expected)).untilAsserted(() -> {
            assertThat(condition(type).map(BindingView::brief)).contains(expected);
            assertThat(condition(ConditionType.READY).map(BindingView::brief)).contains(expected);
        });
        return condition(type).orElseThrow();
    }

    /** The message of a condition that is False for this reason, once it is. */
    public String awaitReason(ConditionType type, Reason reason) {
        return awaitFailure(type, reason).getMessage();
    }

    public void awaitReady() {
        patiently("Ready=True").untilAsserted(() -> {
            assertThat(conditions())
                    .extracting(BindingView::text)
                    .as("conditions of %s/%s", namespace, name)
                    .anyMatch(line -> line.startsWith("Ready=True"));
            assertThat(condition(ConditionType.READY).orElseThrow().getObservedGeneration())
                    .isEqualTo(find().orElseThrow().getMetadata().getGeneration());
        });
    }

    public void awaitGone() {
        patiently("gone").untilAsserted(() -> assertThat(find()).isEmpty());
    }

    public void delete() {
        resource().delete();
    }

    /** The ConfigMap of this name in the binding's namespace. */
    public Optional<ConfigMap> configMap(String configMapName) {
        return Optional.ofNullable(client.configMaps()
                .inNamespace(namespace)
                .withName(configMapName)
                .get());
    }

    /** Waits for a condition of a test. */
    public static ConditionFactory patiently(String what) {
        return await(what).atMost(PATIENCE).pollInterval(LOOK);
    }

    private static String brief(Condition condition) {
        return condition.getStatus() + "/" + condition.getReason();
    }

    private static String text(Condition condition) {
        return condition.getType() + "=" + brief(condition) + " " + condition.getMessage();
    }
}
