package dev.redisaccess.operator.publish;

import dev.redisaccess.operator.api.ApiGroup;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.SafeQuote;
import dev.redisaccess.operator.binding.environment.ContentHash;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which binding an object belongs to: that of its owner reference, by which Kubernetes also removes the object with its
 * binding. Pure.
 *
 * <p>A restore from backup brings objects back without owner references, or with the UIDs of owners that are gone. Such an
 * object is adopted if its remaining metadata and content show that the operator published it and that it was not edited
 * since: see {@link #restored}. A forged one gains no right: its author may write ConfigMaps in that namespace anyway.
 */
final class ObjectOwnership {

    /** The value of {@link ApiGroup#MANAGED_BY}. */
    private static final String MANAGER = "redis-access-operator";

    private static final String KIND = "RedisAccessBinding";

    /** Of another owner, in a message: the API server limits neither. */
    private static final int LONGEST_KIND = 63;

    private static final int LONGEST_NAME = 253;

    private ObjectOwnership() {}

    /** Of an object that is published for a binding: its owner, and how to find what of it was published. */
    static ObjectMeta metadata(BindingKey binding, String uid, String name, Map<String, String> content) {
        return new ObjectMetaBuilder()
                .withNamespace(binding.namespace())
                .withName(name)
                .withLabels(Map.of(ApiGroup.BINDING_LABEL, uid, ApiGroup.MANAGED_BY, MANAGER))
                .withAnnotations(Map.of(
                        ApiGroup.CONTENT_HASH, ContentHash.of(content),
                        ApiGroup.CONTENT_KEYS, PublishedKeys.annotation(content.keySet())))
                .withOwnerReferences(of(binding, uid))
                .build();
    }

    /**
     * It does not block the owner's deletion: nothing has to wait for the object, and where the API server checks
     * references that block (OwnerReferencesPermissionEnforcement) they need a permission on the owner's finalizers.
     */
    static OwnerReference of(BindingKey binding, String uid) {
        return new OwnerReferenceBuilder()
                .withApiVersion(ApiGroup.NAME + "/" + ApiGroup.VERSION)
                .withKind(KIND)
                .withName(binding.name())
                .withUid(uid)
                .withController(true)
                .withBlockOwnerDeletion(false)
                .build();
    }

    /** Whether it belongs to this binding: one of the same name that was deleted and created again is another. */
    static boolean isOf(String uid, HasMetadata found) {
        return controller(found).filter(owner -> uid.equals(owner.getUid())).isPresent();
    }

    /**
     * Whether an object that belongs to no living binding was published for a binding of this name, and not edited since.
     * Three things must hold: it has no controller, or an earlier binding of the same name; it has a label that this operator
     * sets; and the annotation with the hash is that of the content, or of the part of it that this operator publishes.
     *
     * @param content all entries, decoded
     */
    static boolean restored(String bindingName, HasMetadata found, Map<String, String> content) {
        boolean ofNoOther = controller(found)
                .map(owner -> KIND.equals(owner.getKind())
                        && bindingName.equals(owner.getName())
                        && String.valueOf(owner.getApiVersion()).startsWith(ApiGroup.NAME + "/"))
                .orElse(true);
        return ofNoOther && labelled(found) && hasHashOf(found, content);
    }

    private static boolean labelled(HasMetadata found) {
        Map<String, String> labels = labels(found);
        return labels.containsKey(ApiGroup.BINDING_LABEL) || MANAGER.equals(labels.get(ApiGroup.MANAGED_BY));
    }

    private static boolean hasHashOf(HasMetadata found, Map<String, String> content) {
        Optional<String> hash = annotation(found, ApiGroup.CONTENT_HASH);
        return hash.filter(ContentHash.of(content)::equals).isPresent()
                || hash.filter(ContentHash.of(PublishedKeys.of(found, content))::equals)
                        .isPresent();
    }

    /** The owner references that it shall have: ours, and those of others that are no controllers. */
    static List<OwnerReference> claimed(HasMetadata found, OwnerReference ours) {
        List<OwnerReference> owners = new ArrayList<>(List.of(ours));
        found.getMetadata().getOwnerReferences().stream()
                .filter(owner -> !Boolean.TRUE.equals(owner.getController()))
                .filter(owner -> !ours.getUid().equals(owner.getUid()))
                .forEach(owners::add);
        return owners;
    }

    /** For a sentence: which object it belongs to instead. */
    static String described(HasMetadata found) {
        return controller(found)
                .map(owner -> "belongs to " + SafeQuote.quote(owner.getKind(), LONGEST_KIND) + " `"
                        + SafeQuote.quote(owner.getName(), LONGEST_NAME) + "`")
                .orElse(
                        labelled(found)
                                ? "has the operator's label, but no owner, and its content was edited"
                                : "does not belong to this binding");
    }

    static Map<String, String> labels(HasMetadata found) {
        return Optional.ofNullable(found.getMetadata().getLabels()).orElse(Map.of());
    }

    static Optional<String> annotation(HasMetadata found, String name) {
        return Optional.ofNullable(found.getMetadata().getAnnotations()).map(annotations -> annotations.get(name));
    }

    static Optional<OwnerReference> controller(HasMetadata found) {
        return found.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .findFirst();
    }
}
