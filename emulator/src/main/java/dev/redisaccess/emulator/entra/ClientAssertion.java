package dev.redisaccess.emulator.entra;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A client assertion, parsed but not verified.
 *
 * @param audiences the {@code aud} claim
 */
record ClientAssertion(
        SignedJWT jwt, String issuer, String subject, List<String> audiences, Instant notBefore, Instant expires) {

    /** Empty when it is not a signed JWT with issuer, subject, audience and expiry. */
    static Optional<ClientAssertion> parse(String text) {
        try {
            SignedJWT jwt = SignedJWT.parse(text);
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            if (claims.getIssuer() == null
                    || claims.getSubject() == null
                    || claims.getAudience().isEmpty()
                    || claims.getExpirationTime() == null
                    || jwt.getHeader().getKeyID() == null) {
                return Optional.empty();
            }
            Instant from = claims.getNotBeforeTime() == null
                    ? Instant.EPOCH
                    : claims.getNotBeforeTime().toInstant();
            return Optional.of(new ClientAssertion(
                    jwt,
                    claims.getIssuer(),
                    claims.getSubject(),
                    claims.getAudience(),
                    from,
                    claims.getExpirationTime().toInstant()));
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    /** As error messages show it. */
    String audience() {
        return String.join(" ", audiences);
    }

    /** Without the signature. */
    @Override
    public String toString() {
        return "ClientAssertion[" + issuer + ", " + subject + "]";
    }
}
