package dev.redisaccess.kubectl;

import dev.redisaccess.kubectl.Plan.Applied;
import dev.redisaccess.kubectl.Plan.Change;
import dev.redisaccess.kubectl.Plan.Cluster;
import dev.redisaccess.kubectl.Plan.Effect;
import dev.redisaccess.operator.api.AccessEntry;
import dev.redisaccess.operator.api.Acknowledgement;
import dev.redisaccess.operator.api.AssignmentKind;
import dev.redisaccess.operator.api.DatabaseAccessSpec;
import dev.redisaccess.operator.api.ExcessPolicy;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.OwnerMark;
import dev.redisaccess.operator.binding.review.ExcessRevocation;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What the policies and acknowledgements of databases that are applied change and revoke. */
final class DatabaseChanges {

    private final Cluster cluster;
    private final Applied applied;
    private final LocalDate today;
    private final Map<String, RedisDatabase> before;
    private final List<Change> changes = new ArrayList<>();

    DatabaseChanges(Cluster cluster, Applied applied, LocalDate today) {
        this.cluster = cluster;
        this.applied = applied;
        this.today = today;
        before = Plan.byName(cluster.databases());
    }

    List<Change> changes() {
        applied.databases().forEach(this::database);
        return changes;
    }

    private void database(RedisDatabase now) {
        String name = now.getMetadata().getName();
        RedisDatabase old = before.get(name);
        String object = "RedisDatabase " + name;
        if (old == null) {
            boolean revokes = ExcessRevocation.isEnabled(now.getSpec().access());
            add(
                    revokes ? Effect.REVOKE : Effect.NONE,
                    object,
                    name,
                    "",
                    "is registered: who has access is reported from then on"
                            + (revokes ? ", and what nothing explains is revoked after the grace period" : ""));
            return;
        }
        if (isRefused(old, now)) {
            add(Effect.NONE, object, name, "", "is refused: 'resourceId' can't be changed");
            return;
        }
        DatabaseAccessSpec access = now.getSpec().access();
        if (ExcessRevocation.isEnabled(access)
                && ExcessRevocation.isFaster(access, old.getSpec().access())) {
            add(Effect.REVOKE, object, name, "", "revokes sooner, or more in an hour, what nothing explains");
        }
        Map<String, Acknowledgement> acknowledged = acknowledged(now);
        AccessList list = cluster.reports().apply(name);
        String hindrance = Plan.hindrance(access, list);
        for (AccessList.Row row : list.rows()) {
            entry(object, name, row.entry(), acknowledged, old.getSpec().access(), access, hindrance);
        }
    }

    /** @param old null: there is none yet */
    static boolean isRefused(RedisDatabase old, RedisDatabase now) {
        return old != null
                && !Objects.equals(old.getSpec().resourceId(), now.getSpec().resourceId());
    }

    private void entry(
            String object,
            String database,
            AccessEntry entry,
            Map<String, Acknowledgement> acknowledged,
            DatabaseAccessSpec old,
            DatabaseAccessSpec now,
            String hindrance) {
        if (entry.kind() == AssignmentKind.BOUND || entry.kind() == AssignmentKind.ADOPTED) {
            return;
        }
        String subject = Optional.ofNullable(entry.objectId()).orElse(entry.assignment());
        boolean covered = entry.objectId() != null && acknowledged.containsKey(entry.objectId());
        if (covered && entry.kind() != AssignmentKind.ACKNOWLEDGED) {
            add(
                    Effect.CHANGE,
                    object,
                    database,
                    subject,
                    "is acknowledged until "
                            + acknowledged.get(entry.objectId()).until());
        }
        if (covered) {
            return;
        }
        AssignmentKind kind = entry.kind() == AssignmentKind.ACKNOWLEDGED ? unexplained(entry) : entry.kind();
        boolean wasRevoked = entry.kind() == kind && ExcessRevocation.policy(old, kind) == ExcessPolicy.REVOKE;
        boolean isRevoked = ExcessRevocation.policy(now, kind) == ExcessPolicy.REVOKE;
        if (isRevoked && !wasRevoked) {
            add(
                    Effect.REVOKE,
                    object,
                    database,
                    subject,
                    "is revoked after the grace period: it is " + kind.text().toLowerCase(Locale.ROOT) + hindrance);
        } else if (entry.kind() == AssignmentKind.ACKNOWLEDGED) {
            add(
                    Effect.CHANGE,
                    object,
                    database,
                    subject,
                    "is not acknowledged any more, and becomes " + kind.text().toLowerCase(Locale.ROOT));
        }
    }

    /** What an assignment is without an acknowledgement: the name shows whether the operator created it. */
    private static AssignmentKind unexplained(AccessEntry entry) {
        return OwnerMark.principalOf(entry.assignment())
                        .map(ObjectId::value)
                        .filter(principal -> principal.equals(entry.objectId()))
                        .isPresent()
                ? AssignmentKind.LEFTOVER
                : AssignmentKind.UNMANAGED;
    }

    private Map<String, Acknowledgement> acknowledged(RedisDatabase database) {
        Map<String, Acknowledgement> map = new LinkedHashMap<>();
        Optional.ofNullable(database.getSpec().access())
                .map(DatabaseAccessSpec::acknowledged)
                .orElse(List.of())
                .stream()
                .filter(entry -> entry.until() != null && entry.until().compareTo(today.toString()) >= 0)
                .forEach(entry -> map.put(entry.objectId(), entry));
        return map;
    }

    private void add(Effect effect, String object, String database, String subject, String text) {
        changes.add(new Change(effect, object, database, subject, text));
    }
}
