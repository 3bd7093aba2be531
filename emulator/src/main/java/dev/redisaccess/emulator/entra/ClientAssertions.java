package dev.redisaccess.emulator.entra;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import dev.redisaccess.emulator.state.FederatedCredential;
import dev.redisaccess.emulator.state.Principal;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Verifies client assertions: the federated credential by issuer, then subject, then audience, each compared exactly, as
 * the three error numbers distinguish them; then the signature by the issuer's keys; then the time.
 */
final class ClientAssertions {

    private static final Duration SKEW = Duration.ofMinutes(5);

    private final IssuerKeys issuers;
    private final Clock clock;

    ClientAssertions(IssuerKeys issuers, Clock clock) {
        this.issuers = issuers;
        this.clock = clock;
    }

    /** Empty when the assertion is valid for the principal. */
    Optional<EntraError> refuse(String text, Principal principal) {
        return ClientAssertion.parse(text)
                .map(assertion -> firstOf(assertion, principal))
                .orElse(Optional.of(EntraError.assertionMalformed()));
    }

    /** Empty when the issuer's key has signed it and the time is right. */
    Optional<EntraError> invalid(ClientAssertion assertion) {
        return signature(assertion).or(() -> time(assertion));
    }

    private Optional<EntraError> firstOf(ClientAssertion assertion, Principal principal) {
        return federation(assertion, principal.federatedCredentials()).or(() -> invalid(assertion));
    }

    private static Optional<EntraError> federation(ClientAssertion assertion, List<FederatedCredential> credentials) {
        if (credentials.isEmpty()) {
            return Optional.of(EntraError.noFederation(assertion));
        }
        List<FederatedCredential> sameIssuer = credentials.stream()
                .filter(each -> each.issuer().equals(assertion.issuer()))
                .toList();
        if (sameIssuer.isEmpty()) {
            return Optional.of(EntraError.issuerNotMatched(assertion));
        }
        List<FederatedCredential> sameSubject = sameIssuer.stream()
                .filter(each -> each.subject().equals(assertion.subject()))
                .toList();
        if (sameSubject.isEmpty()) {
            return Optional.of(EntraError.subjectNotMatched(assertion));
        }
        boolean sameAudience = sameSubject.stream()
                .anyMatch(each -> assertion.audiences().stream().anyMatch(each.audiences()::contains));
        return sameAudience ? Optional.empty() : Optional.of(EntraError.audienceNotMatched(assertion));
    }

    private Optional<EntraError> signature(ClientAssertion assertion) {
        Optional<JWK> key;
        try {
            key = issuers.find(assertion.issuer(), assertion.jwt().getHeader().getKeyID());
        } catch (IOException e) {
            return Optional.of(EntraError.issuerUnreachable());
        }
        if (key.isEmpty()) {
            return Optional.of(EntraError.keyNotFound());
        }
        try {
            return assertion.jwt().verify(verifier(key.get()))
                    ? Optional.empty()
                    : Optional.of(EntraError.signatureInvalid());
        } catch (JOSEException e) {
            return Optional.of(EntraError.signatureInvalid()); // the key is not for this algorithm
        }
    }

    private static JWSVerifier verifier(JWK key) throws JOSEException {
        if (key instanceof RSAKey rsa) {
            return new RSASSAVerifier(rsa);
        } else if (key instanceof ECKey ec) {
            return new ECDSAVerifier(ec);
        }
        throw new JOSEException("neither an RSA nor an EC key");
    }

    private Optional<EntraError> time(ClientAssertion assertion) {
        Instant now = clock.instant();
        boolean early = now.plus(SKEW).isBefore(assertion.notBefore());
        boolean late = now.minus(SKEW).isAfter(assertion.expires());
        return early || late
                ? Optional.of(EntraError.assertionOutOfTime(
                        now.toString(),
                        assertion.notBefore().toString(),
                        assertion.expires().toString()))
                : Optional.empty();
    }
}
