package dev.redisaccess.emulator.config;

/**
 * A token issuer, usually a Kubernetes cluster.
 *
 * @param issuer its {@code iss}, compared exactly
 * @param keys a file, or an http or https URL, with its JSON Web Key Set
 */
public record IssuerConfig(String issuer, String keys) {
    public IssuerConfig {
        Check.given("issuer", issuer);
        Check.given("keys", keys);
    }
}
