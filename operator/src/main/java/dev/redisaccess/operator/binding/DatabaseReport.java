package dev.redisaccess.operator.binding;

import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.port.DatabaseSnapshot;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is said of a registered database.
 *
 * @param outcomes EntraOnly and Ready, in this order
 * @param database as ARM last described it, if it ever did
 */
public record DatabaseReport(Map<ConditionType, Outcome> outcomes, Optional<Database> database) {

    /** From what Azure said; empty: it was not asked yet. */
    public static DatabaseReport of(Optional<DatabaseSnapshot> snapshot) {
        Optional<Database> database = snapshot.flatMap(DatabaseSnapshot::database);
        Outcome ready = snapshot.flatMap(DatabaseSnapshot::problem)
                .map(Outcome::of)
                .or(() -> database.map(found -> Outcome.holds(
                        Reason.DATABASE_RUNNING, "Azure reports the database as running at " + found.endpoint() + ".")))
                .orElseGet(() -> Outcome.of(
                        Reason.READING_DATABASE, "The database is being read from Azure for the first time."));
        return new DatabaseReport(outcomes(entraOnly(database), ready), database);
    }

    /** Of a resource id that can't be used. */
    public static DatabaseReport refused(Problem problem) {
        return new DatabaseReport(outcomes(entraOnly(Optional.empty()), Outcome.of(problem)), Optional.empty());
    }

    /** Whether nothing is known yet. */
    public boolean reading() {
        return outcomes.get(ConditionType.READY).reason() == Reason.READING_DATABASE;
    }

    private static Map<ConditionType, Outcome> outcomes(Outcome entraOnly, Outcome ready) {
        Map<ConditionType, Outcome> outcomes = new LinkedHashMap<>();
        outcomes.put(ConditionType.ENTRA_ONLY, entraOnly);
        outcomes.put(ConditionType.READY, ready);
        return outcomes;
    }

    private static Outcome entraOnly(Optional<Database> database) {
        if (database.isEmpty()) {
            return Outcome.of(Reason.ACCESS_KEYS_UNKNOWN, "Not known before the database was read.");
        }
        return database.get().accessKeysEnabled()
                ? Outcome.of(
                        Reason.ACCESS_KEYS_ENABLED,
                        "Access keys still work: whoever has one gets past Entra. Set accessKeysAuthentication to"
                                + " Disabled; that cuts every open connection once.")
                : Outcome.holds(Reason.ACCESS_KEYS_DISABLED, "Entra is the only way to log in.");
    }
}
