package dev.redisaccess.operator.binding;

/**
 * Names a binding.
 *
 * @param namespace its namespace
 * @param name its name
 */
public record BindingKey(String namespace, String name) {}
