package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The way on which a ServiceAccount's token becomes an Entra token. */
public enum Federation {
    /** The one that the cluster and the ServiceAccount are set up for. Only a request: an exchange took one of the others. */
    @JsonProperty("Auto")
    AUTO("Auto", ""),
    /** At Entra's token endpoint, by a federated credential of the identity for each ServiceAccount. */
    @JsonProperty("Direct")
    DIRECT("Direct", "api://AzureADTokenExchange"),
    /** At the token proxy of an AKS cluster, by an identity binding of the identity. */
    @JsonProperty("IdentityBinding")
    IDENTITY_BINDING("IdentityBinding", "api://AKSIdentityBinding");

    private final String text;
    private final String audience;

    Federation(String text, String audience) {
        this.text = text;
        this.audience = audience;
    }

    /** As the API has it. */
    public String text() {
        return text;
    }

    /** The audience of the ServiceAccount's token; empty text for {@link #AUTO}. */
    public String audience() {
        return audience;
    }
}
