package dev.redisaccess.operator.binding;

import java.time.Instant;

/**
 * What an Entra access token says of itself: everything that a decision may look at, and nothing that could log in.
 *
 * @param principal {@code appid}/{@code azp}, {@code oid} and {@code tid}
 * @param audience {@code aud}
 * @param notBefore {@code nbf}
 * @param expires {@code exp}
 */
public record TokenClaims(Principal principal, String audience, Instant notBefore, Instant expires) {}
