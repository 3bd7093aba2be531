package dev.redisaccess.operator.binding.review;

import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.ObjectId;
import java.util.Set;

/**
 * A binding, and the principals as which it has access or is to have it.
 *
 * @param binding its name
 * @param serviceAccount the name of its ServiceAccount, in the same namespace
 * @param principals empty while its identity is not known
 * @param entitled whether the operator would grant access for it at present: it requests what its database offers, and neither
 *     its ServiceAccount is missing nor does Entra refuse its identity. A binding that is being deleted is entitled until its
 *     access is revoked
 * @param full whether full access is what it requests and its database offers
 */
public record AccessUse(
        BindingKey binding, String serviceAccount, Set<ObjectId> principals, boolean entitled, boolean full) {

    public AccessUse {
        principals = Set.copyOf(principals);
    }
}
