package dev.redisaccess.operator.binding;

import dev.redisaccess.operator.api.AllowedNamespaces;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.api.RedisDatabaseSpec;
import dev.redisaccess.operator.api.RedisDatabaseStatus;
import dev.redisaccess.operator.api.Retention;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which database a binding names, whether it admits the namespace, and what Azure reports of it. */
public final class DatabaseResolution {

    static final Finding READING =
            Finding.of(Reason.READING_DATABASE, "The database is being read from Azure for the first time.");

    private DatabaseResolution() {}

    /**
     * What the next steps need.
     *
     * @param id the database
     * @param database as ARM reports it
     * @param read whether this process has read that from ARM; else it is from the status of the RedisDatabase: it keeps a
     *     Ready binding Ready after a restart, but no token is sent there and no environment is published from it
     * @param inventory its assignments; empty until this process has read them
     * @param retains whether {@code deletionPolicy: Retain} of a binding has an effect
     */
    public record Resolved(
            DatabaseId id, Database database, boolean read, Optional<Inventory> inventory, boolean retains) {}

    /** Whether {@code deletionPolicy: Retain} of a binding has an effect. By default it has none. */
    public static boolean retains(RedisDatabase registered) {
        return Optional.ofNullable(registered.getSpec())
                .map(RedisDatabaseSpec::retention)
                .filter(retention -> retention == Retention.ALLOWED)
                .isPresent();
    }

    /** The resource ID of a registration. */
    public static Result<DatabaseId> idOf(RedisDatabase registered) {
        if (registered.getSpec() == null || registered.getSpec().resourceId() == null) {
            return Result.failed(Problem.of(Reason.INVALID_RESOURCE_ID, "`spec.resourceId` must be set."));
        }
        return DatabaseId.parse(registered.getSpec().resourceId());
    }

    /** Whether the database exists and admits the binding's namespace. */
    public static StepResult<DatabaseId> admit(
            BindingRequest request, Optional<RedisDatabase> registered, Optional<Map<String, String>> namespaceLabels) {
        String name = request.databaseName();
        if (registered.isEmpty()) {
            return StepResult.halted(
                    Problem.of(
                            Reason.DATABASE_NOT_FOUND,
                            "RedisDatabase `" + name
                                    + "` does not exist. Ask the platform team to register it, or correct"
                                    + " `spec.databaseRef.name` in a new binding; `kubectl get redisdb` lists what is registered."));
        }
        String namespace = request.key().namespace();
        AllowedNamespaces allowed = Optional.ofNullable(registered.get().getSpec())
                .map(RedisDatabaseSpec::allowedNamespaces)
                .orElse(null);
        if (!NamespaceAdmission.admits(allowed, namespace, namespaceLabels)) {
            return StepResult.halted(Problem.of(
                    Reason.NAMESPACE_NOT_ALLOWED,
                    "RedisDatabase `" + name + "` does not admit namespace `" + namespace
                            + "`. The platform team can add it to `spec.allowedNamespaces` there."));
        }
        return idOf(registered.get())
                .fold(
                        id -> StepResult.done(READING, id),
                        problem -> StepResult.halted(
                                Problem.of(problem.reason(), "RedisDatabase `" + name + "`: " + problem.message())));
    }

    /**
     * What Azure reports of it. With most problems of the last reading, the result of the reading before it counts: a pod that
     * works must not lose its binding because Azure can't be read.
     *
     * @param snapshot what was read since this process started; empty: nothing yet
     */
    public static StepResult<Resolved> resolve(
            DatabaseId id, RedisDatabase registered, Optional<DatabaseSnapshot> snapshot) {
        Optional<Problem> problem = snapshot.flatMap(DatabaseSnapshot::problem);
        if (problem.filter(Problem::contradictsKnown).isPresent()) {
            return StepResult.halted(problem.get());
        }
        return snapshot.flatMap(DatabaseSnapshot::database)
                .or(() -> asLastReported(registered))
                .map(database -> StepResult.done(
                        running(database),
                        new Resolved(
                                id,
                                database,
                                snapshot.flatMap(DatabaseSnapshot::database).isPresent(),
                                snapshot.flatMap(DatabaseSnapshot::inventory),
                                retains(registered))))
                .orElseGet(() -> StepResult.halted(problem.map(Finding::of).orElse(READING)));
    }

    static Finding running(Database database) {
        return Finding.of(
                Reason.DATABASE_RUNNING, "Azure reports the database as running at `" + database.endpoint() + "`.");
    }

    /** The status of the registration, from before this process started. */
    private static Optional<Database> asLastReported(RedisDatabase registered) {
        RedisDatabaseStatus status = registered.getStatus();
        if (status == null
                || status.endpoint() == null
                || status.clusteringPolicy() == null
                || !registered.getMetadata().getGeneration().equals(status.observedGeneration())) {
            return Optional.empty();
        }
        return Optional.of(new Database(
                status.endpoint(),
                ClusteringPolicy.valueOf(status.clusteringPolicy()),
                Optional.ofNullable(status.accessKeysAuthentication()).map("Enabled"::equals),
                List.of()));
    }
}
