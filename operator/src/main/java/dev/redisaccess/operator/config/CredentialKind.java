package dev.redisaccess.operator.config;

import java.util.Arrays;
import java.util.Locale;

/** How the operator itself logs in to Azure. */
public enum CredentialKind {
    /** A federated ServiceAccount token, exchanged at Entra. */
    WORKLOAD_IDENTITY,
    /** A ServiceAccount token, exchanged at the token proxy of an AKS cluster. */
    IDENTITY_BINDING,
    /** The managed identity of the machine. */
    MANAGED_IDENTITY,
    /** A developer's own login, such as that of `az login`. */
    DEVELOPER;

    /** As it is written in the environment. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException if there is no such kind */
    static CredentialKind parse(String text) {
        return Arrays.stream(values())
                .filter(kind -> kind.text().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new);
    }
}
