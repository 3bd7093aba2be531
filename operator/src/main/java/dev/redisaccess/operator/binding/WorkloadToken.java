package dev.redisaccess.operator.binding;

import java.time.Instant;

/**
 * An Entra token of a workload for Redis, with what its claims say. Lives for one check; never logged, never stored.
 *
 * @param secret the token itself
 * @param principal {@code appid}/{@code azp}, {@code oid} and {@code tid}
 * @param audience {@code aud}
 * @param notBefore {@code nbf}
 * @param expires {@code exp}
 */
public record WorkloadToken(String secret, Principal principal, String audience, Instant notBefore, Instant expires) {

    /** What it says, without what could log in. */
    public TokenClaims claims() {
        return new TokenClaims(principal, audience, notBefore, expires);
    }

    /** Everything but the secret. */
    @Override
    public String toString() {
        return "WorkloadToken[" + principal + ", audience=" + audience + ", notBefore=" + notBefore + ", expires="
                + expires + "]";
    }
}
