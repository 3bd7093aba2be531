package dev.redisaccess.operator.binding;

import dev.redisaccess.operator.api.RedisAccessBinding;

/**
 * The name of a binding.
 *
 * @param namespace its namespace
 * @param name its name
 */
public record BindingKey(String namespace, String name) {

    public static BindingKey of(RedisAccessBinding binding) {
        return new BindingKey(
                binding.getMetadata().getNamespace(), binding.getMetadata().getName());
    }
}
