package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.AssignmentOrigin;
import dev.redisaccess.operator.api.IdentityStatus;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.ObjectId;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which bindings of this cluster share an identity on a database. They share its one assignment. */
public final class Peers {

    private final Cluster cluster;
    private final BindingMemories memories;

    public Peers(Cluster cluster, BindingMemories memories) {
        this.cluster = cluster;
        this.memories = memories;
    }

    /**
     * The bindings that news of these principals concerns: whose identity is one of them, or was until now, as of a binding
     * that waits for its former identity's access to be gone.
     */
    public Stream<RedisAccessBinding> concerned(DatabaseId database, Set<ObjectId> principals) {
        return bindingsOf(database)
                .filter(binding -> Stream.concat(provedFor(binding).stream(), recordedFor(binding).stream())
                        .anyMatch(principals::contains));
    }

    /** The bindings of a database, under whatever names it is registered. */
    public Stream<RedisAccessBinding> bindingsOf(DatabaseId database) {
        return cluster.registrations(database).stream()
                .flatMap(registered ->
                        cluster.bindingsOf(registered.getMetadata().getName()).stream());
    }

    /** Whether any binding that is not being deleted has its access by this assignment. */
    boolean want(DatabaseId database, ObjectId principal) {
        return holding(database, principal).anyMatch(binding -> !binding.isMarkedForDeletion());
    }

    /** Whether another binding, which is not being deleted, uses the same assignment. */
    boolean need(DatabaseId database, ObjectId principal, BindingKey except) {
        return others(database, principal, except).anyMatch(binding -> !binding.isMarkedForDeletion());
    }

    /** Whether another binding recorded that the operator created the assignment. */
    boolean recordedCreation(DatabaseId database, ObjectId principal, BindingKey except) {
        return others(database, principal, except)
                .anyMatch(binding -> binding.getStatus() != null
                        && binding.getStatus().assignment() != null
                        && binding.getStatus().assignment().origin() == AssignmentOrigin.CREATED);
    }

    private Stream<RedisAccessBinding> others(DatabaseId database, ObjectId principal, BindingKey except) {
        return holding(database, principal).filter(binding -> !keyOf(binding).equals(except));
    }

    /** The bindings whose access is an assignment of this principal, by the newest that is known of them. */
    private Stream<RedisAccessBinding> holding(DatabaseId database, ObjectId principal) {
        return bindingsOf(database).filter(binding -> provedFor(binding)
                .or(() -> recordedFor(binding))
                .filter(principal::equals)
                .isPresent());
    }

    /** As this process knows. */
    private Optional<ObjectId> provedFor(RedisAccessBinding binding) {
        return memories.find(keyOf(binding)).flatMap(BindingMemory::objectId);
    }

    /** As status says. */
    private static Optional<ObjectId> recordedFor(RedisAccessBinding binding) {
        return Optional.ofNullable(binding.getStatus())
                .flatMap(status -> Optional.ofNullable(status.identity()))
                .map(IdentityStatus::objectId)
                .flatMap(ObjectId::parse);
    }

    private static BindingKey keyOf(RedisAccessBinding binding) {
        return new BindingKey(
                binding.getMetadata().getNamespace(), binding.getMetadata().getName());
    }
}
