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
 */
public record AccessUse(BindingKey binding, String serviceAccount, Set<ObjectId> principals) {

    public AccessUse {
        principals = Set.copyOf(principals);
    }
}
