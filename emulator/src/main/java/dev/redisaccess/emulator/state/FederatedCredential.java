package dev.redisaccess.emulator.state;

import java.util.List;

/** Which tokens of another issuer an identity accepts in place of a secret. Compared exactly, case included. */
public record FederatedCredential(String name, String issuer, String subject, List<String> audiences) {

    public FederatedCredential {
        audiences = List.copyOf(audiences);
    }
}
