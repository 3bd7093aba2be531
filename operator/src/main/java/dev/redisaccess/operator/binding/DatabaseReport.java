package dev.redisaccess.operator.binding;

import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Reason;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The conditions of a registered database.
 *
 * @param findings EntraOnly, NoUnmanagedAccess and Ready, in this order
 * @param database as ARM last reported it, if it did
 */
public record DatabaseReport(Map<ConditionType, Finding> findings, Optional<Database> database) {

    /** Of NoUnmanagedAccess, before the first review. */
    public static final Finding NOT_REVIEWED = Finding.of(
            Reason.ACCESS_NOT_REVIEWED, "The assignments of the database have not been read from Azure yet.");

    /** @param snapshot empty: Azure was not read yet */
    public static DatabaseReport of(Optional<DatabaseSnapshot> snapshot) {
        Optional<Database> database = snapshot.flatMap(DatabaseSnapshot::database);
        Finding ready = snapshot.flatMap(DatabaseSnapshot::problem)
                .map(Finding::of)
                .or(() -> database.map(DatabaseResolution::running))
                .orElse(DatabaseResolution.READING);
        return new DatabaseReport(findings(entraOnly(database), ready), database);
    }

    /** For a resource ID that is not valid. */
    public static DatabaseReport refused(Problem problem) {
        return new DatabaseReport(findings(entraOnly(Optional.empty()), Finding.of(problem)), Optional.empty());
    }

    /** The same after a review, or with what was found by the last one. */
    public DatabaseReport reviewed(Finding noUnmanagedAccess) {
        Map<ConditionType, Finding> reviewed = new LinkedHashMap<>(findings);
        reviewed.put(ConditionType.NO_UNMANAGED_ACCESS, noUnmanagedAccess);
        return new DatabaseReport(reviewed, database);
    }

    /** Whether the first reading has not ended. */
    public boolean reading() {
        return findings.get(ConditionType.READY).reason() == Reason.READING_DATABASE;
    }

    private static Map<ConditionType, Finding> findings(Finding entraOnly, Finding ready) {
        Map<ConditionType, Finding> findings = new LinkedHashMap<>();
        findings.put(ConditionType.ENTRA_ONLY, entraOnly);
        findings.put(ConditionType.NO_UNMANAGED_ACCESS, NOT_REVIEWED);
        findings.put(ConditionType.READY, ready);
        return findings;
    }

    private static Finding entraOnly(Optional<Database> database) {
        if (database.isEmpty()) {
            return Finding.of(Reason.ACCESS_KEYS_UNKNOWN, "The database has not been read from Azure yet.");
        }
        Optional<Boolean> enabled = database.get().accessKeysEnabled();
        if (enabled.isEmpty()) {
            return Finding.of(
                    Reason.ACCESS_KEYS_UNKNOWN,
                    "Azure does not report `accessKeysAuthentication` of the database as `Enabled` or `Disabled`.");
        }
        return enabled.get()
                ? Finding.of(
                        Reason.ACCESS_KEYS_ENABLED,
                        "Access keys still work, so a login does not require Entra. Set `accessKeysAuthentication` to"
                                + " `Disabled`; this closes every open connection once.")
                : Finding.of(Reason.ACCESS_KEYS_DISABLED, "Access keys are disabled: a login requires an Entra token.");
    }
}
