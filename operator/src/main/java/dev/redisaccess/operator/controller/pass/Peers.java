package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.AssignmentOrigin;
import dev.redisaccess.operator.api.IdentityStatus;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.Successor;
import java.util.List;
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
                .filter(binding -> provedFor(binding)
                                .filter(principals::contains)
                                .isPresent()
                        || recordedFor(binding).filter(principals::contains).isPresent());
    }

    /** The bindings of a database, under whatever names it is registered. */
    public Stream<RedisAccessBinding> bindingsOf(DatabaseId database) {
        return cluster.registrations(database).stream()
                .flatMap(registered ->
                        cluster.bindingsOf(registered.getMetadata().getName()).stream());
    }

    /** Whether any binding that is not being deleted shall have its access by this assignment. */
    boolean want(DatabaseId database, ObjectId principal) {
        return wanting(database, principal).findAny().isPresent();
    }

    private Stream<RedisAccessBinding> wanting(DatabaseId database, ObjectId principal) {
        return holding(database, principal).filter(binding -> !binding.isMarkedForDeletion());
    }

    private static boolean isRecorded(RedisAccessBinding binding, ObjectId principal) {
        return recordedFor(binding).filter(principal::equals).isPresent()
                && binding.getStatus().assignment() != null
                && Assignment.nameFor(principal)
                        .equalsIgnoreCase(binding.getStatus().assignment().name());
    }

    /** Whether there still is such a binding, being deleted or not. */
    boolean exists(DatabaseId database, BindingKey key) {
        return bindingsOf(database).anyMatch(binding -> keyOf(binding).equals(key));
    }

    /**
     * Who goes on with an assignment when a binding leaves it: what counts is what stands in status, because only that is
     * revoked later; and a binding that this process knows to be somebody else by now is about to leave it, too.
     */
    Successor successor(DatabaseId database, ObjectId principal, BindingKey except) {
        List<RedisAccessBinding> users = recorded(database, principal, except)
                .filter(binding -> !binding.isMarkedForDeletion())
                .filter(binding -> provedFor(binding).map(principal::equals).orElse(true))
                .toList();
        if (users.isEmpty()) {
            return Successor.NONE;
        }
        boolean onRecord = users.stream().anyMatch(binding -> created(binding, principal));
        return onRecord ? Successor.ON_RECORD : Successor.NOT_YET;
    }

    /**
     * Azure is about to be asked to create this assignment: what the bindings have on record holds from now on. False: none
     * of them has.
     */
    public boolean creating(DatabaseId database, ObjectId principal) {
        holding(database, principal)
                .flatMap(binding -> memories.find(keyOf(binding)).stream())
                .forEach(memory -> memory.claimed(principal, false));
        return wanting(database, principal)
                .anyMatch(binding -> isRecorded(binding, principal) && created(binding, principal)
                        || memories.find(keyOf(binding))
                                .filter(memory -> memory.onRecord(principal))
                                .isPresent());
    }

    /** Whether another binding recorded that the operator created the assignment, and Azure was asked for it. */
    boolean recordedCreation(DatabaseId database, ObjectId principal, BindingKey except) {
        return recorded(database, principal, except).anyMatch(binding -> created(binding, principal));
    }

    private boolean created(RedisAccessBinding binding, ObjectId principal) {
        boolean intended = memories.find(keyOf(binding))
                .filter(memory -> memory.claimed(principal))
                .isPresent();
        return !intended && binding.getStatus().assignment().origin() == AssignmentOrigin.CREATED;
    }

    /** The other bindings whose status says that their access is the assignment that we would make for this principal. */
    private Stream<RedisAccessBinding> recorded(DatabaseId database, ObjectId principal, BindingKey except) {
        return bindingsOf(database)
                .filter(binding -> !keyOf(binding).equals(except))
                .filter(binding -> isRecorded(binding, principal));
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
