package dev.redisaccess.operator.binding;

import dev.redisaccess.operator.api.Federation;
import java.time.Instant;

/**
 * An Entra token of a workload for Redis. Lives for one verification; never logged, never stored.
 *
 * @param secret the token itself
 * @param claims what it states
 * @param federation the way on which it was exchanged; never {@link Federation#AUTO}
 */
public record WorkloadToken(String secret, Claims claims, Federation federation) {

    /** A token that was exchanged at Entra. */
    public WorkloadToken(String secret, Claims claims) {
        this(secret, claims, Federation.DIRECT);
    }

    /**
     * Everything that a decision may depend on, and nothing that could log in.
     *
     * @param principal {@code appid}/{@code azp}, {@code oid} and {@code tid}
     * @param audience {@code aud}
     * @param notBefore {@code nbf}
     * @param expires {@code exp}
     */
    public record Claims(Principal principal, String audience, Instant notBefore, Instant expires) {}

    public Principal principal() {
        return claims.principal();
    }

    /** Everything but the secret. */
    @Override
    public String toString() {
        return "WorkloadToken[" + claims + "]";
    }
}
