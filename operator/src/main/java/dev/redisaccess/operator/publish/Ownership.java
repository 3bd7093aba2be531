package dev.redisaccess.operator.publish;

import dev.redisaccess.operator.api.ApiGroup;
import dev.redisaccess.operator.binding.BindingKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;

/** Whose an object is: told by the owner reference, by which Kubernetes also removes it with its binding. Pure. */
final class Ownership {

    private Ownership() {}

    /**
     * It does not block the owner's deletion: nothing has to wait for the object, and where the API server checks
     * references that block (OwnerReferencesPermissionEnforcement) they need a permission on the owner's finalizers.
     */
    static OwnerReference of(BindingKey binding, String uid) {
        return new OwnerReferenceBuilder()
                .withApiVersion(ApiGroup.NAME + "/" + ApiGroup.VERSION)
                .withKind("RedisAccessBinding")
                .withName(binding.name())
                .withUid(uid)
                .withController(true)
                .withBlockOwnerDeletion(false)
                .build();
    }

    /** Whether it belongs to this very binding: one of the same name that was deleted and made anew is another. */
    static boolean isOf(String uid, HasMetadata found) {
        return found.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> Boolean.TRUE.equals(owner.getController()) && uid.equals(owner.getUid()));
    }

    /** For a sentence: whose it is instead. */
    static String described(HasMetadata found) {
        return found.getMetadata().getOwnerReferences().stream()
                .filter(reference -> Boolean.TRUE.equals(reference.getController()))
                .findFirst()
                .map(reference -> "belongs to " + reference.getKind() + " `" + reference.getName() + "`")
                .orElse("does not belong to this binding");
    }
}
