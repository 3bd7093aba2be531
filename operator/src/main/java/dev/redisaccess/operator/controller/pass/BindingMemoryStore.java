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

    /** For a pass: forgets another binding that had this name, if no watch has reported its deletion. */
    BindingMemory begin(BindingKey key, String uid) {
        if (!of(key).belongsTo(uid)) {
            drop(key);
        }
        BindingMemory memory = of(key);
        memory.belongsTo(uid);
        return memory;
    }

    /** Forgets a binding that is gone, or is about to be. The lane then deletes nothing any more that was handed to it. */
    public void drop(BindingKey key) {
        Optional.ofNullable(memories.remove(key)).ifPresent(BindingMemory::revokeNothing);
    }
}
