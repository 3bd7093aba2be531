package dev.redisaccess.operator.publish;

import dev.redisaccess.operator.api.ApiGroup;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.status.KubernetesRefusal;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the objects that bindings publish, ConfigMaps and Secrets alike.
 *
 * <p>A new one is created by a POST, so that an object of the same name that was created a moment ago is never
 * overwritten. An existing one gets a merge patch (RFC 7386) that carries the UID and the resource version of what was read,
 * so that nothing is written over a change that was not looked at. Server-side apply was rejected: it creates what does not
 * exist and merges into what does, without a way to ask for one of the two; and after a POST its field manager would share
 * every entry with that of the POST, so that entries would never be removed.
 *
 * <p>Only the operator's own entries, its label and its owner reference are compared and restored. What others add stays, or
 * a platform's mutating policy would cause endless writes. Such entries reach the pods through {@code envFrom}:
 * users who may edit ConfigMaps in a namespace decide about the environment of its pods with and without this operator.
 *
 * @param <T> the kind
 */
final class PublishedObjects<T extends HasMetadata> {

    /** A second round after a conflict: the object was created, changed or deleted between the read and the write. */
    private static final int ROUNDS = 2;

    private final KubernetesClient kubernetes;
    private final ObjectForm<T> form;
    private final RewriteDelays restores;

    PublishedObjects(KubernetesClient kubernetes, ObjectForm<T> form, RewriteDelays restores) {
        this.kubernetes = kubernetes;
        this.form = form;
        this.restores = restores;
    }

    /**
     * Makes the object hold these entries.
     *
     * @param wanted as it would be created
     * @param cached as a cache has it; it may be old
     * @param bindingName of the binding that is its controller
     * @return Ok(true) if something was written
     * @throws KubernetesClientException if the API server refuses
     */
    Result<Boolean> publish(T wanted, Optional<T> cached, String bindingName) {
        if (cached.filter(found -> upToDate(found, wanted)).isPresent()) {
            return Result.ok(false);
        }
        if (cached.filter(found -> belongsToAnother(found, wanted)).isPresent()) {
            return Result.failed(form.notOwned(cached.get()));
        }
        for (int round = 1; ; round++) {
            try {
                return publishOnce(wanted, bindingName);
            } catch (KubernetesClientException changed) {
                if (changed.getCode() != 409 || round == ROUNDS) {
                    throw changed;
                }
            }
        }
    }

    private Result<Boolean> publishOnce(T wanted, String bindingName) {
        T found = at(wanted).get();
        if (found == null) {
            return create(wanted);
        }
        boolean ours = ObjectOwnership.isOf(uid(wanted), found);
        if (!ours && !ObjectOwnership.restored(bindingName, found, form.content(found))) {
            return Result.failed(form.notOwned(found));
        }
        if (upToDate(found, wanted)) {
            return Result.ok(false);
        }
        Optional<Duration> wait = restores.waiting(key(wanted), hash(wanted));
        if (wait.isPresent()) {
            return Result.failed(changedBack(wanted, wait.get()));
        }
        if (form.replaced(found, wanted)) {
            at(wanted)
                    .lockResourceVersion(found.getMetadata().getResourceVersion())
                    .delete();
            return create(wanted);
        }
        kubernetes.resource(patch(found, wanted)).patch(PatchContext.of(PatchType.JSON_MERGE));
        return written(wanted);
    }

    private Result<Boolean> create(T wanted) {
        kubernetes.resource(wanted).create();
        return written(wanted);
    }

    private Result<Boolean> written(T wanted) {
        restores.written(key(wanted), hash(wanted));
        return Result.ok(true);
    }

    /**
     * Removes the object, if it belongs to this very binding and did not change since it was read.
     *
     * @return Ok(true) if something was removed
     * @throws KubernetesClientException if the API server refuses
     */
    Result<Boolean> remove(String namespace, String name, String uid) {
        T sample = form.with(Map.of());
        sample.getMetadata().setNamespace(namespace);
        sample.getMetadata().setName(name);
        T found = at(sample).get();
        if (found == null || !ObjectOwnership.isOf(uid, found)) {
            return Result.ok(false);
        }
        at(sample).lockResourceVersion(found.getMetadata().getResourceVersion()).delete();
        return Result.ok(true);
    }

    /** Whether nothing needs to be written. A cache may omit content that matches the hash in its annotation. */
    boolean upToDate(T found, T wanted) {
        Map<String, String> content = form.entries(found);
        return ObjectOwnership.isOf(uid(wanted), found)
                && form.sameType(found, wanted)
                && uid(wanted).equals(ObjectOwnership.labels(found).get(ApiGroup.BINDING_LABEL))
                && Optional.of(hash(wanted)).equals(ObjectOwnership.annotation(found, ApiGroup.CONTENT_HASH))
                && (content == null
                        || content.entrySet().containsAll(form.entries(wanted).entrySet())
                                && PublishedKeys.stale(
                                                found,
                                                content,
                                                form.entries(wanted).keySet())
                                        .isEmpty());
    }

    private boolean belongsToAnother(T found, T wanted) {
        return ObjectOwnership.controller(found)
                .filter(controller -> !controller.getName().equals(owner(wanted).getName()))
                .isPresent();
    }

    private T patch(T found, T wanted) {
        Map<String, String> entries = new HashMap<>(form.entries(wanted));
        Map<String, String> content = Optional.ofNullable(form.entries(found)).orElse(Map.of());
        PublishedKeys.stale(found, content, form.entries(wanted).keySet()).forEach(key -> entries.put(key, null));
        T patch = form.with(entries);
        var metadata = patch.getMetadata();
        metadata.setName(wanted.getMetadata().getName());
        metadata.setNamespace(wanted.getMetadata().getNamespace());
        metadata.setUid(found.getMetadata().getUid());
        metadata.setResourceVersion(found.getMetadata().getResourceVersion());
        metadata.setLabels(Map.of(ApiGroup.BINDING_LABEL, uid(wanted)));
        metadata.setAnnotations(wanted.getMetadata().getAnnotations());
        metadata.setOwnerReferences(ObjectOwnership.claimed(found, owner(wanted)));
        return patch;
    }

    private Resource<T> at(T object) {
        return kubernetes.resource(object);
    }

    private static String uid(HasMetadata wanted) {
        return owner(wanted).getUid();
    }

    private static OwnerReference owner(HasMetadata wanted) {
        return wanted.getMetadata().getOwnerReferences().get(0);
    }

    private static String hash(HasMetadata wanted) {
        return wanted.getMetadata().getAnnotations().get(ApiGroup.CONTENT_HASH);
    }

    private static String key(HasMetadata wanted) {
        return wanted.getMetadata().getNamespace() + "/" + wanted.getMetadata().getName();
    }

    /**
     * The problem of a request that the API server refused.
     *
     * @param failed what could not be done
     * @param rule the remedy if RBAC refused, in the words that follow {@code failed}
     */
    static Problem refused(KubernetesClientException refusal, String failed, String rule) {
        return Problem.of(
                refusal.getCode() == 403 ? Reason.PUBLISH_FORBIDDEN : Reason.PUBLISH_FAILED,
                KubernetesRefusal.first(refusal, failed, rule));
    }

    private static Problem changedBack(HasMetadata wanted, Duration wait) {
        return Problem.of(
                Reason.PUBLISH_FAILED,
                wanted.getKind() + " `" + wanted.getMetadata().getName()
                        + "` is changed each time after the operator has written it, for example by an admission webhook"
                        + " or another controller. Exclude its entries, its label `" + ApiGroup.BINDING_LABEL
                        + "` and its owner reference from that change. It is written again in "
                        + Math.max(1, wait.toSeconds()) + " s.");
    }
}
