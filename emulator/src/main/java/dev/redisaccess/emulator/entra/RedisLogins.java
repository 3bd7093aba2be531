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

/** Judges logins to one database by token and assignment, as Azure Managed Redis does. */
public final class RedisLogins implements LoginPolicy {

    private static final Duration SKEW = Duration.ofMinutes(5);

    private final ArmId database;
    private final String tenantId;
    private final AccessTokens tokens;
    private final EffectiveAccess access;
    private final Clock clock;
    private final Consumer<RefusedLogin> refused;

    /**
     * A refused login, of which the client only sees {@code WRONGPASS}.
     *
     * @param why never contains the token
     */
    public record RefusedLogin(Instant time, String database, String user, String why) {}

    /** @param refused hears of every refusal */
    public RedisLogins(
            ArmId database,
            String tenantId,
            AccessTokens tokens,
            EffectiveAccess access,
            Clock clock,
            Consumer<RefusedLogin> refused) {
        this.database = database;
        this.tenantId = tenantId;
        this.tokens = tokens;
        this.access = access;
        this.clock = clock;
        this.refused = refused;
    }

    @Override
    public Login login(String user, String password) {
        Optional<AccessToken> token = tokens.verify(password);
        Optional<String> why = token.map(each -> why(user, each))
                .orElse(Optional.of("the password is no token of this tenant's authority"));
        if (why.isPresent()) {
            refused.accept(new RefusedLogin(clock.instant(), database.text(), user, why.get()));
            return new Refused(why.get());
        }
        return new Accepted(
                token.orElseThrow().objectId().toLowerCase(Locale.ROOT),
                token.orElseThrow().expires());
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
