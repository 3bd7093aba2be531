package dev.redisaccess.emulator.entra;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.redisaccess.emulator.state.Principal;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;

/** Issues access tokens and reads them back. */
public final class AccessTokens {

    /** Entra dates tokens back by five minutes, for clocks that are slow. */
    private static final Duration BACKDATED = Duration.ofMinutes(5);

    private final String tenantId;
    private final SigningKeys keys;
    private final Clock clock;
    private final TokenLifetimes lifetimes;

    public AccessTokens(String tenantId, SigningKeys keys, Clock clock, TokenLifetimes lifetimes) {
        this.tenantId = tenantId;
        this.keys = keys;
        this.clock = clock;
        this.lifetimes = lifetimes;
    }

    /**
     * A token as the client gets it.
     *
     * @param text the JWT
     */
    public record Issued(String text, Instant notBefore, Instant expires, Duration lifetime) {
        /** Without the token. */
        @Override
        public String toString() {
            return "Issued[expires=" + expires + "]";
        }
    }

    /** How the client authenticated, as {@code appidacr} shows it. */
    public enum ClientAuthentication {
        SECRET("1"),
        ASSERTION("2");

        private final String claim;

        ClientAuthentication(String claim) {
            this.claim = claim;
        }
    }

    /** Issues a token of version 1.0, which is what the ARM and Redis resources accept. */
    public Issued issue(Principal principal, String audience, ClientAuthentication authentication) {
        Instant now = clock.instant();
        Duration lifetime = lifetimes.of(principal, audience);
        Instant notBefore = now.minus(BACKDATED);
        Instant expires = now.plus(lifetime);
        String issuer = "https://sts.windows.net/" + tenantId + "/";
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .audience(audience)
                .issuer(issuer)
                .issueTime(Date.from(notBefore))
                .notBeforeTime(Date.from(notBefore))
                .expirationTime(Date.from(expires))
                .subject(principal.objectId())
                .claim("appid", principal.clientId())
                .claim("appidacr", authentication.claim)
                .claim("idp", issuer)
                .claim("idtyp", "app")
                .claim("oid", principal.objectId())
                .claim("tid", tenantId)
                .claim("uti", UUID.randomUUID().toString().substring(0, 22))
                .claim("ver", "1.0")
                .build();
        return new Issued(sign(claims), notBefore, expires, lifetime);
    }

    /** The claims of the token; empty when it is not a token of this emulator. */
    public Optional<AccessToken> verify(String text) {
        try {
            SignedJWT jwt = SignedJWT.parse(text);
            Optional<RSAKey> key =
                    Optional.ofNullable(jwt.getHeader().getKeyID()).flatMap(keys::find);
            if (key.isEmpty() || !jwt.verify(new RSASSAVerifier(key.get()))) {
                return Optional.empty();
            }
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            return Optional.of(new AccessToken(
                    String.join(" ", claims.getAudience()),
                    claims.getStringClaim("tid"),
                    claims.getStringClaim("oid"),
                    claims.getStringClaim("appid"),
                    claims.getNotBeforeTime().toInstant(),
                    claims.getExpirationTime().toInstant()));
        } catch (ParseException | JOSEException e) {
            return Optional.empty();
        }
    }

    private String sign(JWTClaimsSet claims) {
        RSAKey key = keys.current();
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(JOSEObjectType.JWT)
                .keyID(key.getKeyID())
                .build();
        SignedJWT jwt = new SignedJWT(header, claims);
        try {
            jwt.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("the token could not be signed", e);
        }
        return jwt.serialize();
    }
}
