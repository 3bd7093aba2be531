package dev.redisaccess.operator.binding.environment;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The entries of the Secret of the Service Binding specification. {@code host}, {@code port}, {@code uri} and
 * {@code username} are its well-known entries; {@code ssl} and {@code url} are what spring-cloud-bindings reads for the type
 * redis; the others are hints outside the reserved names. There is no {@code password}: it would be a token, which expires
 * within hours, and which the workload requests from Entra.
 */
public final class ServiceBinding {

    /** The value of {@code type}, also the end of the Secret's type, {@code servicebinding.io/redis}. */
    public static final String TYPE = "redis";

    private ServiceBinding() {}

    /** The entries of one binding, sorted by name. */
    public static SortedMap<String, String> entries(ConnectionSettings connection) {
        String uri = "rediss://" + connection.endpoint();
        SortedMap<String, String> entries = new TreeMap<>();
        entries.put("type", TYPE);
        entries.put("provider", "azure");
        entries.put("host", connection.endpoint().host());
        entries.put("port", connection.endpoint().port().toString());
        entries.put("uri", uri);
        entries.put("url", uri);
        entries.put("ssl", "true");
        entries.put("username", connection.principal().objectId().value());
        entries.put("auth-mode", "entra");
        entries.put("client-id", connection.principal().clientId().value());
        entries.put("tenant-id", connection.principal().tenantId().value());
        entries.put("scope", connection.scope());
        entries.put("cluster-policy", connection.clusteringPolicy().name());
        return entries;
    }
}
