package dev.redisaccess.benchmark.core;

import dev.redisaccess.operator.api.AllowedNamespaces;
import dev.redisaccess.operator.api.AssignmentOrigin;
import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.api.RedisDatabaseSpec;
import dev.redisaccess.operator.binding.Access;
import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.ClientId;
import dev.redisaccess.operator.binding.ClusteringPolicy;
import dev.redisaccess.operator.binding.Database;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.DatabaseResolution;
import dev.redisaccess.operator.binding.DatabaseSnapshot;
import dev.redisaccess.operator.binding.Inventory;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.OwnerMark;
import dev.redisaccess.operator.binding.Principal;
import dev.redisaccess.operator.binding.ProvisioningState;
import dev.redisaccess.operator.binding.TenantId;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A registered database with a number of identities that have access, as Azure and Kubernetes report it. */
final class OneDatabase {

    static final String NAME = "orders-cache";
    static final String NAMESPACE = "shop";
    static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    /** The owner mark of the measured installation. */
    static final OwnerMark MARK = OwnerMark.of("benchmark");

    private OneDatabase() {}

    static RedisDatabase registered() {
        RedisDatabase database = new RedisDatabase();
        database.setMetadata(
                new ObjectMetaBuilder().withName(NAME).withGeneration(1L).build());
        database.setSpec(new RedisDatabaseSpec(
                resourceId("orders"), new AllowedNamespaces(List.of(NAMESPACE), null), 300, null, null));
        return database;
    }

    static String resourceId(String cluster) {
        return "/subscriptions/" + Guids.of("subscription", 0)
                + "/resourceGroups/shop/providers/Microsoft.Cache/redisEnterprise/" + cluster;
    }

    static DatabaseId id() {
        return DatabaseResolution.idOf(registered()).fold(id -> id, problem -> {
            throw new IllegalStateException(problem.message());
        });
    }

    static Principal principal(int number) {
        return new Principal(
                new ClientId(Guids.of("client", number)),
                new ObjectId(Guids.of("object", number)),
                new TenantId(Guids.of("tenant", 0)));
    }

    static Database described() {
        return new Database(new Endpoint("orders.example", 10000), ClusteringPolicy.OSSCluster, false);
    }

    /**
     * A number of identities, each with an assignment.
     *
     * @param origin of all assignments: those that the operator created have its mark in their name
     */
    static DatabaseSnapshot snapshot(int identities, AssignmentOrigin origin) {
        List<Assignment> assignments = new ArrayList<>();
        for (int i = 0; i < identities; i++) {
            assignments.add(assignment(Guids.of("object", i), origin));
        }
        return new DatabaseSnapshot(
                Optional.empty(), Optional.of(described()), Optional.of(new Inventory(NOW, assignments)));
    }

    /** From ARM's fields of an assignment: its name and its principal. */
    static Assignment assignment(String objectId, AssignmentOrigin origin) {
        Optional<ObjectId> principal = ObjectId.parse(objectId);
        String name = origin == AssignmentOrigin.CREATED
                ? principal.map(MARK::assignmentName).orElseThrow()
                : objectId;
        return new Assignment(name, principal, Access.full(), ProvisioningState.Succeeded, Optional.empty());
    }
}
