package dev.redisaccess.emulator.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** Signs ServiceAccount tokens as a cluster does. */
public final class KubernetesIssuer {

    public static final String ISSUER = "https://kubernetes.test";
    public static final String AUDIENCE = "api://AzureADTokenExchange";
    public static final String SUBJECT = "system:serviceaccount:shop:orders";

    private static final RSAKey FIRST = newKey("first");

    private RSAKey key = FIRST;

    /** The claims of a token; each test changes one of them. */
    public record Claims(String issuer, String subject, String audience, Instant notBefore, Instant expires) {

        public static Claims validAt(Instant now) {
            return new Claims(ISSUER, SUBJECT, AUDIENCE, now, now.plus(Duration.ofMinutes(10)));
        }

        public Claims issuedBy(String other) {
            return new Claims(other, subject, audience, notBefore, expires);
        }

        public Claims about(String other) {
            return new Claims(issuer, other, audience, notBefore, expires);
        }

        public Claims meantFor(String other) {
            return new Claims(issuer, subject, other, notBefore, expires);
        }

        public Claims movedBy(Duration by) {
            return new Claims(issuer, subject, audience, notBefore.plus(by), expires.plus(by));
        }
    }

    public String sign(Claims claims) {
        return sign(claims, key);
    }

    /** Signed by a key that only claims to be the published one. */
    public String forge(Claims claims) {
        return sign(claims, newKey(key.getKeyID()));
    }

    /** Replaces the signing key; only the new one is published. */
    public void rotate() {
        key = newKey("second");
    }

    public String jwks() {
        return new JWKSet(List.of(key.toPublicJWK())).toString();
    }

    private static String sign(Claims claims, RSAKey with) {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(with.getKeyID()).build(),
                new JWTClaimsSet.Builder()
                        .issuer(claims.issuer())
                        .subject(claims.subject())
                        .audience(claims.audience())
                        .notBeforeTime(Date.from(claims.notBefore()))
                        .expirationTime(Date.from(claims.expires()))
                        .build());
        try {
            jwt.sign(new RSASSASigner(with));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return jwt.serialize();
    }

    private static RSAKey newKey(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
