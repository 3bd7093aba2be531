package dev.redisaccess.emulator.entra;

import dev.redisaccess.emulator.state.Principal;
import java.time.Duration;
import java.util.Optional;

/**
 * The lifetimes of tokens.
 *
 * @param all of every token; by default an hour for service principals and a day for managed identities, as in Entra
 * @param redis of tokens for Redis, with precedence over {@code all}
 */
public record TokenLifetimes(Optional<Duration> all, Optional<Duration> redis) {

    /** Those of Entra. */
    public static final TokenLifetimes ENTRA = new TokenLifetimes(Optional.empty(), Optional.empty());

    private static final Duration SERVICE_PRINCIPAL = Duration.ofHours(1);
    private static final Duration MANAGED_IDENTITY = Duration.ofDays(1);

    Duration of(Principal principal, String audience) {
        if (redis.isPresent() && Resource.REDIS.isNamed(audience)) {
            return redis.get();
        }
        return all.orElse(principal instanceof Principal.ManagedIdentity ? MANAGED_IDENTITY : SERVICE_PRINCIPAL);
    }
}
