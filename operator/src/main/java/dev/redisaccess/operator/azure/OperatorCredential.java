package dev.redisaccess.operator.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import dev.redisaccess.operator.binding.ClientId;
import dev.redisaccess.operator.binding.TenantId;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * The credential of the operator itself for Azure Resource Manager.
 *
 * @param authority Entra's URL, https; empty: the public cloud's
 * @param tenant required for a workload identity
 * @param client required for a workload identity; selects one of several managed identities
 * @param federatedTokenFile the operator's ServiceAccount token; required for a workload identity
 */
public record OperatorCredential(
        Kind kind,
        Optional<URI> authority,
        Optional<TenantId> tenant,
        Optional<ClientId> client,
        Optional<Path> federatedTokenFile) {

    /** The kinds of credential. */
    public enum Kind {
        /** A token of its own ServiceAccount, exchanged at Entra: for a cluster. */
        WORKLOAD_IDENTITY,
        /** The same, exchanged at the token proxy of an AKS cluster. */
        IDENTITY_BINDING,
        /** The metadata endpoint of the virtual machine. */
        MANAGED_IDENTITY,
        /** Any credential of a developer's machine: environment, Azure CLI, and so on. */
        DEVELOPER
    }

    /** Microsoft's own, whose names MSAL may look up in the public cloud; any other must not depend on it. */
    private static final Set<String> MICROSOFT_AUTHORITIES = Set.of(
            "login.microsoftonline.com",
            "login.microsoftonline.us",
            "login.partner.microsoftonline.cn",
            "login.chinacloudapi.cn");

    /**
     * Builds it; sends nothing.
     *
     * @param http reaches Entra; for an identity binding the token proxy ({@link AzureHttp#forEntra})
     * @throws IllegalArgumentException if a value is missing that the kind requires; the message names the variable
     */
    public TokenCredential build(HttpClient http) {
        return switch (kind) {
            case WORKLOAD_IDENTITY, IDENTITY_BINDING -> workloadIdentity(http);
            case MANAGED_IDENTITY -> managedIdentity(http);
            case DEVELOPER -> developer(http);
        };
    }

    /** Whether MSAL must not look this authority up in the public cloud. */
    boolean isPrivateAuthority() {
        // A token proxy exchanges tokens and nothing else.
        return kind == Kind.IDENTITY_BINDING
                || authority
                        .map(URI::getHost)
                        .filter(host -> !MICROSOFT_AUTHORITIES.contains(host))
                        .isPresent();
    }

    private TokenCredential workloadIdentity(HttpClient http) {
        WorkloadIdentityCredentialBuilder builder = new WorkloadIdentityCredentialBuilder()
                .tenantId(require(tenant, "AZURE_TENANT_ID").value())
                .clientId(require(client, "AZURE_CLIENT_ID").value())
                .tokenFilePath(require(federatedTokenFile, "AZURE_FEDERATED_TOKEN_FILE")
                        .toString())
                .httpClient(http)
                .retryPolicy(SingleRetry.ofTokens());
        authority.map(URI::toString).ifPresent(builder::authorityHost);
        return (isPrivateAuthority() ? builder.disableInstanceDiscovery() : builder).build();
    }

    private TokenCredential managedIdentity(HttpClient http) {
        ManagedIdentityCredentialBuilder builder =
                new ManagedIdentityCredentialBuilder().httpClient(http).retryPolicy(SingleRetry.ofTokens());
        client.map(ClientId::value).ifPresent(builder::clientId);
        return builder.build();
    }

    private TokenCredential developer(HttpClient http) {
        DefaultAzureCredentialBuilder builder =
                new DefaultAzureCredentialBuilder().httpClient(http).retryPolicy(SingleRetry.ofTokens());
        authority.map(URI::toString).ifPresent(builder::authorityHost);
        tenant.map(TenantId::value).ifPresent(builder::tenantId);
        client.map(ClientId::value).ifPresent(builder::managedIdentityClientId);
        return (isPrivateAuthority() ? builder.disableInstanceDiscovery() : builder).build();
    }

    private static <T> T require(Optional<T> value, String variable) {
        return value.orElseThrow(() -> new IllegalArgumentException(variable
                + " must be set for a workload identity. The workload identity webhook sets it when the pod has"
                + " the label azure.workload.identity/use=true."));
    }
}
