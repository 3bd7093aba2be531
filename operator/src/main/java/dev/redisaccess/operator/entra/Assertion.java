package dev.redisaccess.operator.entra;

import dev.redisaccess.operator.binding.ServiceAccountKey;

/**
 * A ServiceAccount's token, with the values that a federated credential must have to match it. Lives for one exchange.
 *
 * @param secret the token
 * @param issuer its {@code iss}, exactly: a slash at the end counts
 * @param subject its {@code sub}
 * @param audience its {@code aud}
 */
record Assertion(String secret, String issuer, String subject, String audience) {

    /** The audience that Entra expects in a federated credential. */
    static final String AUDIENCE = "api://AzureADTokenExchange";

    /** With the claims of the token; where it is opaque, with the values that Kubernetes is known to write. */
    static Assertion of(String token, ServiceAccountKey serviceAccount) {
        var decoded = JsonWebToken.parse(token);
        return new Assertion(
                token,
                decoded.flatMap(jwt -> jwt.text("iss")).orElse("(the cluster's ServiceAccount issuer)"),
                decoded.flatMap(jwt -> jwt.text("sub")).orElse(serviceAccount.subject()),
                decoded.flatMap(jwt -> jwt.text("aud")).orElse(AUDIENCE));
    }

    /** The values of the federated credential, for messages. */
    String federation() {
        return "issuer `" + issuer + "`, subject `" + subject + "`, audience `" + audience + "`";
    }

    /** Everything but the secret. */
    @Override
    public String toString() {
        return "Assertion[" + federation() + "]";
    }
}
