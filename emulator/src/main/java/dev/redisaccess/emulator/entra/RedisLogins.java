package dev.redisaccess.emulator.entra;

import dev.redisaccess.emulator.redis.LoginPolicy;
import dev.redisaccess.emulator.state.ArmId;
import dev.redisaccess.emulator.state.EffectiveAccess;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Decides logins to one database by token and assignment, as Azure Managed Redis does. */
public final class RedisLogins implements LoginPolicy {

    private static final Duration SKEW = Duration.ofMinutes(5);

    private final ArmId database;
    private final String tenantId;
    private final AccessTokens tokens;
    private final EffectiveAccess access;
    private final Clock clock;
    private final Consumer<RefusedLogin> refused;
    private final Predicate<String> accessKey;

    /**
     * A refused login; the client only sees {@code WRONGPASS}.
     *
     * @param why the cause; never contains the token
     */
    public record RefusedLogin(Instant time, String database, String user, String why) {}

    /**
     * @param refused receives every refusal
     * @param accessKey whether a text is one of the database's access keys
     */
    public RedisLogins(
            ArmId database,
            String tenantId,
            AccessTokens tokens,
            EffectiveAccess access,
            Clock clock,
            Consumer<RefusedLogin> refused,
            Predicate<String> accessKey) {
        this.database = database;
        this.tenantId = tenantId;
        this.tokens = tokens;
        this.access = access;
        this.clock = clock;
        this.refused = refused;
        this.accessKey = accessKey;
    }

    @Override
    public Login login(String user, String password) {
        if (user.equals(KEY_USER)) {
            return accessKey.test(password) ? new Accepted(KEY_USER, Instant.MAX) : refuse(user, "the key is wrong");
        }
        Optional<AccessToken> token = tokens.verify(password);
        Optional<String> why = token.map(each -> why(user, each))
                .orElse(Optional.of("the password is no token of this tenant's authority"));
        if (why.isPresent()) {
            return refuse(user, why.get());
        }
        return new Accepted(
                token.orElseThrow().objectId().toLowerCase(Locale.ROOT),
                token.orElseThrow().expires());
    }

    private Refused refuse(String user, String why) {
        refused.accept(new RefusedLogin(clock.instant(), database.text(), user, why));
        return new Refused(why);
    }

    private Optional<String> why(String user, AccessToken token) {
        Instant now = clock.instant();
        if (!Resource.REDIS.isNamed(token.audience())) {
            return Optional.of("the token's audience is " + token.audience());
        } else if (!token.tenantId().equalsIgnoreCase(tenantId)) {
            return Optional.of("the token is of another tenant");
        } else if (!now.isBefore(token.expires())) {
            return Optional.of("the token expired at " + token.expires());
        } else if (now.plus(SKEW).isBefore(token.notBefore())) {
            return Optional.of("the token is not valid before " + token.notBefore());
        } else if (!token.objectId().equalsIgnoreCase(user)) {
            return Optional.of("the user is not the token's object id " + token.objectId());
        } else if (!access.allows(database, token.objectId())) {
            return Optional.of("no assignment of " + token.objectId() + " is in effect on this database");
        }
        return Optional.empty();
    }
}
