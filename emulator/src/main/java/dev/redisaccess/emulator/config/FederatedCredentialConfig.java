package dev.redisaccess.emulator.config;

import dev.redisaccess.emulator.state.FederatedCredential;
import java.util.List;

/**
 * A federated credential.
 *
 * @param audiences {@code api://AzureADTokenExchange} by default
 */
public record FederatedCredentialConfig(String name, String issuer, String subject, List<String> audiences) {

    public FederatedCredentialConfig {
        Check.given("name", name);
        Check.given("issuer", issuer);
        Check.given("subject", subject);
        audiences = audiences == null ? List.of("api://AzureADTokenExchange") : List.copyOf(audiences);
    }

    public FederatedCredential credential() {
        return new FederatedCredential(name, issuer, subject, audiences);
    }
}
