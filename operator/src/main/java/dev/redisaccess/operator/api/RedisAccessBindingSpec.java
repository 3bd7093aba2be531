package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * What the application team requests.
 *
 * @param databaseRef the registered database
 * @param serviceAccountName the ServiceAccount, in the binding's namespace, whose workload identity gets access
 * @param clientId the client ID of the identity, a GUID; null: the ServiceAccount's annotation
 *     {@code azure.workload.identity/client-id}
 * @param federation the way on which the ServiceAccount's token becomes an Entra token; null: {@link Federation#AUTO}
 * @param verification how access is verified
 * @param environment what is published for pods
 * @param deletionPolicy what happens to the access when the binding is deleted
 * @param accessProfile the name of one of the database's access profiles; null: full access
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RedisAccessBindingSpec(
        @Required
        @JsonPropertyDescription("The RedisDatabase that the platform team registered. It can't be changed.")
        @ValidationRule(
                value = "self == oldSelf",
                message = "`spec.databaseRef` is immutable: create another binding for another database.")
        DatabaseReference databaseRef,

        @Required
        @Size(min = 1, max = 253)
        @ValidationRule(
                value = "self.matches('" + DNS_SUBDOMAIN + "')",
                message =
                        "`spec.serviceAccountName` must be a Kubernetes object name: lower case letters, digits, `-` and `.`,"
                                + " with a letter or digit at both ends.")
        @JsonPropertyDescription(
                "The ServiceAccount, in this namespace, whose workload identity gets access." + " It can't be changed.")
        @ValidationRule(
                value = "self == oldSelf",
                message = "`spec.serviceAccountName` is immutable: create another binding for another workload.")
        String serviceAccountName,

        @Size(max = 253)
        @JsonPropertyDescription("The client ID of the managed identity or application, a GUID. If absent, the"
                + " ServiceAccount's annotation `azure.workload.identity/client-id` is used.")
        @ValidationRule(
                value = "self.matches('^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$')",
                message = "`spec.clientId` must be a GUID such as `12345678-1234-1234-1234-123456789abc`:"
                        + " the client ID, not the name, of the identity.")
        String clientId,

        @Default("Auto")
        @JsonPropertyDescription("The way on which the ServiceAccount's token becomes an Entra token."
                + " `Direct`: at Entra, by a federated credential."
                + " `IdentityBinding`: at the token proxy of the AKS cluster, by an identity binding."
                + " `Auto`: the one that the cluster and the ServiceAccount are set up for.")
        Federation federation,

        @Default("{}") @JsonPropertyDescription("How access is verified.")
        VerificationSpec verification,

        @Default("{}") @JsonPropertyDescription("What is published for pods to read.")
        EnvironmentSpec environment,

        @Default("Delete")
        @JsonPropertyDescription("What happens to the access in Azure when this object is deleted."
                + " `Delete`: it is revoked, if this operator created it and no other binding needs it."
                + " `Retain`: it stays, if the RedisDatabase has `retention: Allowed`; else as `Delete`.")
        DeletionPolicy deletionPolicy,

        @Size(min = 1, max = 63)
        @ValidationRule(
                value = "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
                message =
                        "`spec.accessProfile` must be the name of an access profile: lower case letters, digits and `-`, with a"
                                + " letter or digit at both ends.")
        @JsonPropertyDescription(
                "The name of an access profile of the RedisDatabase: which commands and keys the workload gets."
                        + " If absent, it gets full access. It can be changed; open connections stay.")
        String accessProfile) {

    static final String DNS_SUBDOMAIN = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";
}
