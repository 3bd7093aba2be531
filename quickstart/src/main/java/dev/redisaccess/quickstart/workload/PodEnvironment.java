package dev.redisaccess.quickstart.workload;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the pod's environment says.
 *
 * @param host, port where Redis listens, with TLS
 * @param user the object id of the identity, which is the Redis user name
 * @param scope what a token for Redis is asked for
 * @param authority the Entra authority, an https URL
 * @param federatedToken the file in which kubelet keeps the ServiceAccount's token fresh
 * @param caFile trusted beside nothing else, when given: {@code SSL_CERT_FILE}, as OpenSSL names it
 */
record PodEnvironment(
        String host,
        int port,
        String user,
        String scope,
        Identity identity,
        String authority,
        Path federatedToken,
        Optional<Path> caFile) {

    /** The managed identity that the pod becomes. */
    record Identity(String clientId, String tenantId) {}

    /** @throws IllegalArgumentException naming the variable that is missing or wrong */
    static PodEnvironment parse(Map<String, String> environment) {
        if (!"true".equals(required(environment, "REDIS_USE_ENTRA_ID"))
                || !"true".equals(required(environment, "REDIS_SSL"))) {
            throw new IllegalArgumentException("`REDIS_USE_ENTRA_ID` and `REDIS_SSL` must be 'true'");
        }
        if ("OSSCluster".equals(required(environment, "REDIS_CLUSTER_POLICY"))) {
            throw new IllegalArgumentException(
                    "`REDIS_CLUSTER_POLICY` must be 'NoCluster' or 'EnterpriseCluster': this sample uses a plain client");
        }
        return new PodEnvironment(
                required(environment, "REDIS_HOSTNAME"),
                port(required(environment, "REDIS_PORT")),
                required(environment, "REDIS_USERNAME"),
                required(environment, "REDIS_ENTRA_SCOPE"),
                new Identity(required(environment, "AZURE_CLIENT_ID"), required(environment, "AZURE_TENANT_ID")),
                required(environment, "AZURE_AUTHORITY_HOST"),
                Path.of(required(environment, "AZURE_FEDERATED_TOKEN_FILE")),
                Optional.ofNullable(environment.get("SSL_CERT_FILE")).map(Path::of));
    }

    private static int port(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("`REDIS_PORT` must be a number", e);
        }
    }

    private static String required(Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, "");
        if (value.isBlank()) {
            throw new IllegalArgumentException("`" + name + "` must be set");
        }
        return value;
    }
}
