package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.binding.BindingKey;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The memories of all bindings. One is made with a binding's first pass and dropped with its last. */
public final class BindingMemoryStore {

    private final Map<BindingKey, BindingMemory> memories = new ConcurrentHashMap<>();

    /** Of a binding; empty before its first pass. */
    Optional<BindingMemory> find(BindingKey key) {
        return Optional.ofNullable(memories.get(key));
    }

    /** Of a binding, made if there is none. */
    BindingMemory of(BindingKey key) {
        return memories.computeIfAbsent(key, unused -> new BindingMemory());
    }

    /** Forgets a binding that is gone. */
    void drop(BindingKey key) {
        memories.remove(key);
    }
}
