package dev.redisaccess.operator.binding;

import java.time.Instant;

/**
 * An Entra token of a workload for Redis. Lives for one verification; never logged, never stored.
 *
 * @param secret the token itself
 * @param claims what it states
 */
public record WorkloadToken(String secret, Claims claims) {

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
