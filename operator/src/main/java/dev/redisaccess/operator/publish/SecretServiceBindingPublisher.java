package dev.redisaccess.operator.publish;

import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.environment.ServiceBinding;
import dev.redisaccess.operator.binding.port.ServiceBindingPublisher;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.util.Optional;

/**
 * Publishes the Secret. It reads that one Secret and no other: Secrets are neither listed nor watched, so that the operator
 * needs no permission for that. Written as described in {@link PublishedObjects}.
 */
public final class SecretServiceBindingPublisher implements ServiceBindingPublisher {

    /** The type that the specification proposes. */
    static final String SECRET_TYPE = "servicebinding.io/" + ServiceBinding.TYPE;

    private final PublishedObjects<Secret> objects;

    public SecretServiceBindingPublisher(KubernetesClient kubernetes) {
        this.objects = new PublishedObjects<>(kubernetes, new SecretForm(), new RewriteDelays(Clock.systemUTC()));
    }

    @Override
    public Result<Boolean> publish(Publication publication) {
        try {
            return objects.publish(
                    secret(publication), Optional.empty(), publication.binding().name());
        } catch (KubernetesClientException e) {
            return Result.failed(refused(publication.binding(), "published", e));
        }
    }

    @Override
    public Result<Boolean> remove(BindingKey binding, String uid) {
        try {
            return objects.remove(binding.namespace(), binding.name(), uid);
        } catch (KubernetesClientException e) {
            return Result.failed(refused(binding, "removed", e));
        }
    }

    private static Secret secret(Publication publication) {
        return new SecretBuilder()
                .withMetadata(ObjectOwnership.metadata(
                        publication.binding(),
                        publication.uid(),
                        publication.binding().name(),
                        publication.entries()))
                .withType(SECRET_TYPE)
                .withData(SecretForm.encoded(publication.entries()))
                .build();
    }

    private static Problem refused(BindingKey binding, String what, KubernetesClientException e) {
        String failed =
                "Secret `" + binding.name() + "` in namespace `" + binding.namespace() + "` could not be " + what + ".";
        return PublishedObjects.refused(
                e,
                failed,
                " Install the operator's chart with `serviceBinding.enabled=true`, or set"
                        + " `spec.environment.serviceBinding` to `Disabled`.");
    }
}
