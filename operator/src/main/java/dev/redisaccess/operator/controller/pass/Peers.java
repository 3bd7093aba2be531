package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.AssignmentOrigin;
import dev.redisaccess.operator.api.IdentityStatus;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.DatabaseResolution;
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

    /** The bindings whose access to a database is an assignment of one of these principals. */
    public Stream<RedisAccessBinding> holding(DatabaseId database, Set<ObjectId> principals) {
        return bindingsOf(database)
                .filter(binding ->
                        objectIdOf(binding).filter(principals::contains).isPresent());
    }

    /** The bindings of a database, under whatever names it is registered. */
    public Stream<RedisAccessBinding> bindingsOf(DatabaseId database) {
        return cluster.databases().stream()
                .filter(registered -> names(registered, database))
                .flatMap(registered ->
                        cluster.bindingsOf(registered.getMetadata().getName()).stream());
    }

    /** Whether any binding that is not being deleted has its access by this assignment. */
    boolean want(DatabaseId database, ObjectId principal) {
        return holding(database, Set.of(principal)).anyMatch(binding -> !binding.isMarkedForDeletion());
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
        return holding(database, Set.of(principal))
                .filter(binding -> !keyOf(binding).equals(except));
    }

    private static boolean names(RedisDatabase registered, DatabaseId database) {
        return DatabaseResolution.idOf(registered).fold(database::equals, problem -> false);
    }

    private Optional<ObjectId> objectIdOf(RedisAccessBinding binding) {
        return memories.find(keyOf(binding)).flatMap(BindingMemory::objectId).or(() -> Optional.ofNullable(
                        binding.getStatus())
                .flatMap(status -> Optional.ofNullable(status.identity()))
                .map(IdentityStatus::objectId)
                .flatMap(ObjectId::parse));
    }

    private static BindingKey keyOf(RedisAccessBinding binding) {
        return new BindingKey(
                binding.getMetadata().getNamespace(), binding.getMetadata().getName());
    }
}
