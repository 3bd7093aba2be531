package dev.redisaccess.quickstart;

import com.fasterxml.jackson.databind.JsonNode;

/** The detail from status that is printed when a condition has become True. */
final class ConditionDetail {
    private ConditionDetail() {}

    static String of(String condition, JsonNode binding) {
        JsonNode status = binding.path("status");
        return switch (condition) {
            case "DatabaseResolved" -> endpoint(status);
            case "IdentityResolved" ->
                "object ID " + status.path("identity").path("objectId").asText()
                        + (status.path("identity").path("federation").asText().equals("IdentityBinding")
                                ? ", by its identity binding"
                                : "");
            case "AccessGranted" ->
                "assignment "
                        + status.path("assignment").path("origin").asText().toLowerCase(java.util.Locale.ROOT)
                        + " on Azure";
            case "ConnectionVerified" -> verification(status.path("verification"));
            case "EnvironmentPublished" ->
                "ConfigMap " + status.path("environment").path("configMapName").asText();
            case "EntraOnly" ->
                "access keys " + status.path("accessKeysAuthentication").asText();
            case "Ready" ->
                status.has("clusteringPolicy")
                        ? endpoint(status) + ", "
                                + status.path("clusteringPolicy").asText()
                        : "";
            default -> "";
        };
    }

    static String endpoint(JsonNode status) {
        JsonNode endpoint = status.path("endpoint");
        return endpoint.path("host").asText() + ":" + endpoint.path("port").asText();
    }

    private static String verification(JsonNode verification) {
        String version = verification.path("redisVersion").asText();
        JsonNode latency = verification.path("latencyMillis");
        return "Redis " + version + ", as the workload: token "
                + latency.path("token").asText() + " ms, login "
                + latency.path("authenticate").asText() + " ms";
    }
}
