package dev.redisaccess.operator.publish;

import dev.redisaccess.operator.api.ApiGroup;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.environment.ServiceBinding;
import dev.redisaccess.operator.binding.port.Answer;
import dev.redisaccess.operator.binding.port.ServiceBindingPublisher;
import dev.redisaccess.operator.status.KubernetesWords;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Publishes the Secret with server-side apply. It reads that one Secret and no other: Secrets are neither listed nor watched,
 * so that the operator needs no permission for that.
 */
public final class SecretServiceBindingPublisher implements ServiceBindingPublisher {

    /** The type that the specification proposes. */
    static final String SECRET_TYPE = "servicebinding.io/" + ServiceBinding.TYPE;

    private final KubernetesClient kubernetes;

    public SecretServiceBindingPublisher(KubernetesClient kubernetes) {
        this.kubernetes = kubernetes;
    }

    @Override
    public Answer<Boolean> publish(Publication publication) {
        try {
            Secret found = resource(publication.binding()).get();
            if (found != null && !Ownership.isOf(publication.uid(), found)) {
                return Answer.failed(notOwned(publication.binding(), found));
            }
            Secret wanted = secret(publication);
            if (found != null && upToDate(found, wanted)) {
                return Answer.ok(false);
            }
            Secret applied = kubernetes
                    .resource(wanted)
                    .fieldManager(ApiGroup.FIELD_MANAGER)
                    .forceConflicts()
                    .serverSideApply();
            Set<String> foreign = foreignEntries(applied, wanted);
            if (!foreign.isEmpty()) {
                removeEntries(publication.binding(), foreign);
            }
            return Answer.ok(true);
        } catch (KubernetesClientException e) {
            return Answer.failed(refused(publication.binding(), "publish", e));
        }
    }

    @Override
    public Answer<Boolean> withdraw(BindingKey binding, String uid) {
        try {
            Optional<Secret> ours =
                    Optional.ofNullable(resource(binding).get()).filter(secret -> Ownership.isOf(uid, secret));
            ours.ifPresent(secret -> resource(binding).delete());
            return Answer.ok(ours.isPresent());
        } catch (KubernetesClientException e) {
            return Answer.failed(refused(binding, "withdraw", e));
        }
    }

    /** An apply removes its own fields only, and what others added would reach the pods: null in a merge patch removes it. */
    private void removeEntries(BindingKey binding, Set<String> names) {
        String nulls = names.stream().map(name -> "\"" + name + "\":null").collect(Collectors.joining(","));
        resource(binding).patch(PatchContext.of(PatchType.JSON_MERGE), "{\"data\":{" + nulls + "}}");
    }

    private Resource<Secret> resource(BindingKey binding) {
        return kubernetes.secrets().inNamespace(binding.namespace()).withName(binding.name());
    }

    private static Secret secret(Publication publication) {
        Map<String, String> data = new TreeMap<>();
        publication
                .entries()
                .forEach((name, value) ->
                        data.put(name, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(publication.binding().namespace())
                .withName(publication.binding().name())
                .withLabels(Map.of(PublishedConfigMap.MANAGED_BY, PublishedConfigMap.MANAGER))
                .withOwnerReferences(Ownership.of(publication.binding(), publication.uid()))
                .endMetadata()
                .withType(SECRET_TYPE)
                .withData(data)
                .build();
    }

    private static boolean upToDate(Secret found, Secret wanted) {
        return wanted.getData().equals(found.getData())
                && found.getMetadata().getLabels() != null
                && found.getMetadata()
                        .getLabels()
                        .entrySet()
                        .containsAll(wanted.getMetadata().getLabels().entrySet());
    }

    private static Set<String> foreignEntries(Secret found, Secret wanted) {
        Set<String> foreign = new TreeSet<>(
                Optional.ofNullable(found.getData()).orElse(Map.of()).keySet());
        foreign.removeAll(wanted.getData().keySet());
        return foreign;
    }

    private static Problem notOwned(BindingKey binding, Secret found) {
        return Problem.of(
                Reason.SECRET_NOT_OWNED,
                "Secret `" + binding.name() + "` is there already and " + Ownership.described(found)
                        + ": delete it, or set `spec.environment.serviceBinding` to Disabled");
    }

    private static Problem refused(BindingKey binding, String what, KubernetesClientException e) {
        String said = KubernetesWords.of(e);
        if (e.getCode() == 403) {
            return Problem.of(
                    Reason.PUBLISH_FORBIDDEN,
                    "the operator may not " + what + " Secret `" + binding.name() + "` in namespace `"
                            + binding.namespace() + "`: install its chart with serviceBinding.enabled=true, or set"
                            + " `spec.environment.serviceBinding` to Disabled. Kubernetes says: " + said);
        }
        return Problem.of(Reason.PUBLISH_FAILED, "could not " + what + " Secret `" + binding.name() + "`: " + said);
    }
}
