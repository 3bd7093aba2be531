package dev.redisaccess.launcher;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The environment of the operator's pod on one machine, as the chart and the workload identity webhook set it, without
 * the location of the Kubernetes API.
 *
 * @param azure where Azure listens
 * @param identity of the operator
 */
public record OperatorEnvironment(Azure azure, Identity identity) {

    /** The namespace of the operator, which the chart's documentation uses as well. */
    public static final String NAMESPACE = "redis-access-system";

    /** The ServiceAccount of the operator. */
    public static final String SERVICE_ACCOUNT = "redis-access-operator";

    /** The operator's ServiceAccount as a federated credential and a token name it. */
    public static final String SUBJECT = "system:serviceaccount:" + NAMESPACE + ":" + SERVICE_ACCOUNT;

    /** The audience of the tokens that Entra exchanges. */
    public static final String AUDIENCE = "api://AzureADTokenExchange";

    /**
     * The endpoints of an Azure.
     *
     * @param resourceManager the URL of Azure Resource Manager
     * @param authority the URL of Entra ID
     * @param caFile PEM file of the certificate authority of both and of Redis
     */
    public record Azure(String resourceManager, String authority, Path caFile) {}

    /**
     * The operator's identity at Entra.
     *
     * @param federatedToken the file of the ServiceAccount token that is exchanged
     */
    public record Identity(String tenantId, String clientId, Path federatedToken) {}

    /** The variables; health and metrics listen on free ports. */
    public Map<String, String> of(String podName) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("AZURE_AUTHORITY_HOST", azure.authority());
        variables.put("AZURE_TENANT_ID", identity.tenantId());
        variables.put("AZURE_CLIENT_ID", identity.clientId());
        variables.put("AZURE_FEDERATED_TOKEN_FILE", identity.federatedToken().toString());
        variables.put("REDIS_ACCESS_RESOURCE_MANAGER_ENDPOINT", azure.resourceManager());
        variables.put("REDIS_ACCESS_CA_BUNDLE", azure.caFile().toString());
        variables.put("REDIS_ACCESS_HEALTH_PORT", "0");
        variables.put("REDIS_ACCESS_METRICS_PORT", "0");
        variables.put("POD_NAMESPACE", NAMESPACE);
        variables.put("POD_NAME", podName);
        return variables;
    }
}
