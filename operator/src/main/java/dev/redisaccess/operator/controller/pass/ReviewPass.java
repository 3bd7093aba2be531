package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.AccessEntry;
import dev.redisaccess.operator.api.AccessRevocation;
import dev.redisaccess.operator.api.DatabaseAccessSpec;
import dev.redisaccess.operator.api.ExcessPolicy;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.api.RedisDatabaseSpec;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.DatabaseSnapshot;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.binding.Inventory;
import dev.redisaccess.operator.binding.LaneState;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.OwnerMark;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.port.AccessReportStore;
import dev.redisaccess.operator.binding.port.DatabaseAccess;
import dev.redisaccess.operator.binding.review.AccessClassifier;
import dev.redisaccess.operator.binding.review.AccessReview;
import dev.redisaccess.operator.binding.review.Acknowledgements;
import dev.redisaccess.operator.binding.review.ExcessRevocation;
import dev.redisaccess.operator.binding.review.ReportChange;
import dev.redisaccess.operator.binding.review.ReviewedAssignment;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reviews the access to one registered database: classifies its assignments, stores the report, and requests what is to be
 * revoked. A review costs a search of all bindings of the database, and changed counts are a write: so operations of the lane
 * and changes of bindings are reviewed at most once in {@link #INTERVAL}, and readings of Azure as they come. Pages are written
 * at most once in that time.
 */
public final class ReviewPass {

    /** Between two writes of a page, and between reviews without a new reading. */
    static final Duration INTERVAL = Duration.ofMinutes(1);

    /** After a change of a binding, for the changes that come with it. */
    static final Duration SETTLING = Duration.ofSeconds(2);

    /** For bindings whose identity is not known yet: after a restart without statuses, all assignments would be leftovers. */
    static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    /** A reading that fails for less is not worth a write of every page. */
    static final Duration INCOMPLETE_AFTER = Duration.ofMinutes(10);

    private static final Duration RETRY = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(ReviewPass.class);

    private final ClusterView cluster;
    private final DatabaseAccess azure;
    private final BindingsByIdentity peers;
    private final OwnerMark mark;
    private final AccessReportStore store;
    private final Clock clock;
    private final Clock steady;
    private final Instant started;
    private final Map<String, Memory> memories = new ConcurrentHashMap<>();

    /** What is known of one registration. Only its own passes change it, except for {@link #changedSince}. */
    private static final class Memory {
        private final ReportBook book;
        private volatile Instant changedSince;
        private Instant reviewedAt = Instant.MIN;
        private Instant storedAt = Instant.MIN;
        private Instant readAt = Instant.MIN;
        private Instant waitingSince;
        private int fingerprint;
        private Instant firstReadAt;

        Memory(ReportBook book) {
            this.book = book;
        }
    }

    /**
     * What a pass found.
     *
     * @param review empty: none was due, or nothing is known; what was reported before holds
     * @param finding of the review, for the condition NoUnmanagedAccess
     * @param stored whether the report has what the review found; if not, it will within two minutes
     * @param changes of the stored report, for Events
     * @param problem why the report could not be stored
     * @param revoked what was requested
     * @param next when the next pass is due at the latest
     */
    public record Outcome(
            Optional<AccessReview> review,
            Optional<Finding> finding,
            boolean stored,
            List<ReportChange> changes,
            Optional<Problem> problem,
            List<AccessRevocation> revoked,
            Duration next) {

        static Outcome none(Duration next) {
            return new Outcome(Optional.empty(), Optional.empty(), false, List.of(), Optional.empty(), List.of(), next);
        }
    }

    /**
     * @param clock for the days on which acknowledgements end: it is corrected when the machine's is
     * @param steady for intervals and grace periods: setting the machine's clock must not end one
     */
    public ReviewPass(
            ClusterView cluster,
            DatabaseAccess azure,
            BindingsByIdentity peers,
            OwnerMark mark,
            AccessReportStore store,
            Clock clock,
            Clock steady) {
        this.cluster = cluster;
        this.azure = azure;
        this.peers = peers;
        this.mark = mark;
        this.store = store;
        this.clock = clock;
        this.steady = steady;
        this.started = steady.instant();
    }

    /**
     * A binding of the database has changed.
     *
     * @return whether a pass has to be requested, because none is due yet
     */
    public boolean bindingChanged(String database) {
        Memory memory = memories.get(database);
        if (memory == null || memory.changedSince != null) {
            return false;
        }
        memory.changedSince = steady.instant();
        return true;
    }

    /** The registration is deleted; Kubernetes deletes its pages. */
    public void forget(String database) {
        memories.remove(database);
    }

    /**
     * Reviews, if it is due.
     *
     * @param period after which a review is made in any case
     */
    public Outcome run(RedisDatabase registered, DatabaseId id, Duration period) {
        Instant now = steady.instant().truncatedTo(ChronoUnit.SECONDS);
        Memory memory = memory(registered);
        Optional<DatabaseSnapshot> snapshot = azure.snapshot(id);
        Optional<Inventory> inventory = snapshot.flatMap(DatabaseSnapshot::inventory);
        boolean failing = snapshot.flatMap(DatabaseSnapshot::problem).isPresent();
        if (inventory.isEmpty() || failing) {
            return incomplete(memory, inventory, now);
        }
        if (memory.firstReadAt == null) {
            memory.firstReadAt = inventory.get().readAt();
        }
        int fingerprint = fingerprint(registered, inventory.get());
        Optional<Instant> due = due(memory, fingerprint, inventory.get().readAt(), period);
        if (due.isEmpty() || due.get().isAfter(now)) {
            return Outcome.none(due.map(at -> Duration.between(now, at)).orElse(period));
        }
        boolean allIdentified = !peers.hasUnidentified(id, memory.firstReadAt.plus(LONGEST_WAIT));
        if (!allIdentified && startOrContinueWaiting(memory, now)) {
            return Outcome.none(RETRY);
        }
        memory.waitingSince = null;
        memory.changedSince = null;
        memory.reviewedAt = now;
        memory.fingerprint = fingerprint;
        memory.readAt = inventory.get().readAt();
        return review(registered, id, memory, inventory.get(), allIdentified, now, period);
    }

    /** One of another registration of this name, which was deleted and created again, says nothing about this one. */
    private Memory memory(RedisDatabase registered) {
        ObjectMeta metadata = registered.getMetadata();
        return memories.compute(
                metadata.getName(),
                (name, before) -> before != null && before.book.isOwnedBy(metadata.getUid())
                        ? before
                        : new Memory(
                                new ReportBook(store, name, metadata.getUid(), mark.toString(), created(metadata))));
    }

    private static Instant created(ObjectMeta metadata) {
        return Optional.ofNullable(metadata.getCreationTimestamp())
                .map(Instant::parse)
                .orElse(Instant.EPOCH);
    }

    private Outcome review(
            RedisDatabase registered,
            DatabaseId id,
            Memory memory,
            Inventory inventory,
            boolean allIdentified,
            Instant now,
            Duration period) {
        AccessReview review = AccessClassifier.classify(
                inventory, mark, peers.uses(id), Acknowledgements.of(cluster.registrations(id)), today());
        DatabaseAccessSpec policies = policies(registered, id);
        Optional<Finding> finding = Optional.of(review.finding(policies));
        List<AccessEntry> entries =
                review.assignments().stream().map(ReviewedAssignment::entry).toList();
        Instant storable = memory.storedAt.equals(Instant.MIN) ? now : memory.storedAt.plus(INTERVAL);
        if (storable.isAfter(now)) {
            memory.fingerprint = 0; // so that the report is stored then
            return new Outcome(
                    Optional.of(review),
                    finding,
                    false,
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    Duration.between(now, storable));
        }
        memory.storedAt = now;
        boolean mayRevoke = allIdentified
                && ExcessRevocation.isEnabled(policies)
                && inventory.readAt().isAfter(memory.firstReadAt);
        ReportBook.Revocations due = (seen, recorded) ->
                ExcessRevocation.due(policies, review, seen, recorded, principal -> isIdle(id, principal), now);
        Result<ReportBook.Update> stored =
                memory.book.update(entries, mayRevoke ? Optional.of(due) : Optional.empty(), now);
        Optional<ReportBook.Update> update = stored.toOptional();
        stored.toProblem().ifPresent(problem -> {
            memory.fingerprint = 0; // so that the next pass tries again
            LOG.warn(
                    "The access report of {} could not be stored: {}",
                    registered.getMetadata().getName(),
                    problem.text());
        });
        List<AccessRevocation> revocations =
                update.map(ReportBook.Update::revocations).orElse(List.of());
        Instant createdBefore = memory.firstReadAt.plus(LONGEST_WAIT);
        revocations.forEach(revocation -> revoke(id, registered.getMetadata().getName(), revocation, createdBefore));
        return new Outcome(
                Optional.of(review),
                finding,
                update.isPresent(),
                update.map(ReportBook.Update::changes).orElse(List.of()),
                stored.toProblem(),
                revocations,
                stored.toProblem().isPresent() ? INTERVAL : period);
    }

    private boolean isIdle(DatabaseId id, ObjectId principal) {
        return azure.lane(id, principal) instanceof LaneState.Idle;
    }

    /** Of several registrations of one database, one revokes: each has a share of its own. */
    private boolean isFirst(RedisDatabase registered, DatabaseId id) {
        return cluster.registrations(id).stream()
                .allMatch(other -> other.getMetadata()
                                .getName()
                                .compareTo(registered.getMetadata().getName())
                        >= 0);
    }

    /** @param createdBefore bindings that were created until then must be identified */
    private void revoke(DatabaseId id, String database, AccessRevocation revocation, Instant createdBefore) {
        ObjectId principal = new ObjectId(revocation.objectId());
        Instant end = Instant.parse(revocation.at()).plus(ExcessRevocation.VALIDITY);
        LOG.warn(
                "{}: the assignment {} of {} is {} since {}, and is being revoked",
                database,
                revocation.assignment(),
                principal,
                revocation.kind().text(),
                revocation.since());
        azure.revokeExcess(
                id,
                principal,
                revocation.assignment(),
                () -> steady.instant().isBefore(end)
                        && !peers.hasUnidentified(id, createdBefore)
                        && isStillExcess(id, database, principal, revocation.assignment()));
    }

    /** Asked by the lane, at the last moment. */
    private boolean isStillExcess(DatabaseId id, String database, ObjectId principal, String assignment) {
        Optional<RedisDatabase> registered = cluster.database(database);
        Optional<Inventory> inventory = azure.snapshot(id).flatMap(DatabaseSnapshot::inventory);
        if (registered.isEmpty() || inventory.isEmpty()) {
            return false;
        }
        AccessReview review = AccessClassifier.classify(
                inventory.get(), mark, peers.uses(id), Acknowledgements.of(cluster.registrations(id)), today());
        return review.assignments().stream()
                .filter(reviewed -> reviewed.assignment().name().equalsIgnoreCase(assignment)
                        && reviewed.assignment().objectId().equals(Optional.of(principal)))
                .anyMatch(reviewed -> ExcessRevocation.isRevocable(policies(registered.get(), id), reviewed));
    }

    /** The report stays as it is, and says since when: an assignment that could not be read must not look revoked. */
    private Outcome incomplete(Memory memory, Optional<Inventory> inventory, Instant now) {
        Instant since = inventory.map(Inventory::readAt).orElse(started).truncatedTo(ChronoUnit.SECONDS);
        Instant end = since.plus(INCOMPLETE_AFTER);
        if (now.isBefore(end)) {
            return Outcome.none(Duration.between(now, end));
        }
        memory.fingerprint = 0; // The next review clears the mark.
        Optional<Problem> problem = memory.book.markIncomplete(since).toProblem();
        return new Outcome(Optional.empty(), Optional.empty(), false, List.of(), problem, List.of(), INCOMPLETE_AFTER);
    }

    /** At once after a reading of Azure that found another state; else not before {@link #INTERVAL}. */
    private static Optional<Instant> due(Memory memory, int fingerprint, Instant readAt, Duration period) {
        Instant changedSince = memory.changedSince;
        if (memory.reviewedAt.equals(Instant.MIN)) {
            return Optional.of(Instant.MIN);
        }
        Instant earliest = memory.reviewedAt.plus(INTERVAL);
        if (fingerprint != memory.fingerprint && !readAt.equals(memory.readAt)) {
            return Optional.of(memory.reviewedAt.plus(SETTLING));
        }
        if (fingerprint != memory.fingerprint || memory.book.isOverwritten()) {
            return Optional.of(earliest);
        }
        if (changedSince != null) {
            Instant settled = changedSince.plus(SETTLING);
            return Optional.of(settled.isAfter(earliest) ? settled : earliest);
        }
        Instant routine = memory.reviewedAt.plus(period);
        return Optional.of(routine.isAfter(earliest) ? routine : earliest);
    }

    private static boolean startOrContinueWaiting(Memory memory, Instant now) {
        if (memory.waitingSince == null) {
            memory.waitingSince = now;
        }
        return now.isBefore(memory.waitingSince.plus(LONGEST_WAIT));
    }

    /** Changes with what a review depends on, apart from bindings and namespaces. 0 stands for none. */
    private int fingerprint(RedisDatabase registered, Inventory inventory) {
        return 1
                | (31 * inventory.assignments().hashCode()
                                + 7
                                        * String.valueOf(
                                                        registered.getMetadata().getGeneration())
                                                .hashCode()
                                + today().hashCode())
                        << 1;
    }

    private LocalDate today() {
        return clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
    }

    /**
     * The policies by which this installation revokes through this registration. What another client created may be adopted by a
     * binding of a namespace that is not watched: then it is only reported.
     */
    private DatabaseAccessSpec policies(RedisDatabase registered, DatabaseId id) {
        return Optional.ofNullable(registered.getSpec())
                .map(RedisDatabaseSpec::access)
                .map(access -> cluster.isWhole() ? access : access.withUnmanaged(ExcessPolicy.REPORT))
                .map(access -> isFirst(registered, id) ? access : access.withoutRevocation())
                .orElse(null);
    }
}
