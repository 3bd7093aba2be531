package dev.redisaccess.operator.binding.review;

import dev.redisaccess.operator.api.Acknowledgement;
import dev.redisaccess.operator.api.AcknowledgementExpiry;
import dev.redisaccess.operator.api.DatabaseAccessSpec;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.api.RedisDatabaseSpec;
import dev.redisaccess.operator.binding.ObjectId;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The acknowledgements of all registrations of a database, by principal. The schema admits no object ID twice in one
 * registration, and none that is not a GUID; of several for one principal, the one that ends last counts.
 */
public final class Acknowledgements {

    private static final int NOTICE_DAYS = 7;

    private final Map<ObjectId, Acknowledgement> byPrincipal;

    private Acknowledgements(Map<ObjectId, Acknowledgement> byPrincipal) {
        this.byPrincipal = byPrincipal;
    }

    /** Of all registrations: an access that one of them acknowledges must not be revoked by another. */
    public static Acknowledgements of(Collection<RedisDatabase> registrations) {
        Map<ObjectId, Acknowledgement> all = new LinkedHashMap<>();
        registrations.stream().flatMap(registered -> list(registered).stream()).forEach(entry -> ObjectId.parse(
                        entry.objectId())
                .ifPresent(principal -> all.merge(principal, entry, Acknowledgements::later)));
        return new Acknowledgements(Collections.unmodifiableMap(all));
    }

    private static List<Acknowledgement> list(RedisDatabase registered) {
        return Optional.ofNullable(registered.getSpec())
                .map(RedisDatabaseSpec::access)
                .map(DatabaseAccessSpec::acknowledged)
                .orElse(List.of());
    }

    private static Acknowledgement later(Acknowledgement one, Acknowledgement other) {
        return end(one).isBefore(end(other)) ? other : one;
    }

    /** The acknowledgement of a principal, whether it has ended or not. */
    public Optional<Acknowledgement> of(ObjectId principal) {
        return Optional.ofNullable(byPrincipal.get(principal));
    }

    /** The principals. */
    public Collection<ObjectId> principals() {
        return byPrincipal.keySet();
    }

    /** Empty: it does not end within the next {@value #NOTICE_DAYS} days. */
    static Optional<AcknowledgementExpiry> expiry(Acknowledgement acknowledgement, LocalDate today) {
        LocalDate end = end(acknowledgement);
        if (end.isBefore(today)) {
            return Optional.of(AcknowledgementExpiry.EXPIRED);
        }
        return end.minusDays(NOTICE_DAYS).isAfter(today) ? Optional.empty() : Optional.of(AcknowledgementExpiry.SOON);
    }

    /** What is not a date, such as the 31st of February, has ended. */
    private static LocalDate end(Acknowledgement acknowledgement) {
        try {
            return LocalDate.parse(Optional.ofNullable(acknowledgement.until()).orElse(""));
        } catch (DateTimeParseException notADate) {
            return LocalDate.EPOCH;
        }
    }
}
