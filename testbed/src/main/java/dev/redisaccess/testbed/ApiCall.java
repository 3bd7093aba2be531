package dev.redisaccess.testbed;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One request of the operator to the API server.
 *
 * @param at when the server received it
 * @param verb as Kubernetes names it, such as {@code get}, {@code watch}, {@code patch}
 * @param resource plural, lower case; empty for paths that are no resource
 * @param subresource such as {@code status}; empty when there is none
 */
public record ApiCall(Instant at, String verb, String resource, String subresource) {

    private static final Set<String> READING = Set.of("get", "list", "watch");

    /** The API server's names for a request, from its method and target. */
    static ApiCall ofHttp(Instant at, String method, String target) {
        String path = target.split("\\?", 2)[0];
        boolean watch = target.contains("watch=true") || target.contains("watch=1");
        List<String> parts = resource(List.of(path.substring(1).split("/")));
        String subresource = parts.size() > 2 ? parts.get(2) : "";
        return new ApiCall(
                at, verb(method, parts.size() != 1, watch), parts.isEmpty() ? "" : parts.get(0), subresource);
    }

    /** Resource, name and subresource, as far as the path names them. */
    private static List<String> resource(List<String> path) {
        int head =
                switch (path.get(0)) {
                    case "api" -> 2;
                    case "apis" -> 3;
                    default -> path.size();
                };
        List<String> rest = path.subList(Math.min(head, path.size()), path.size());
        boolean namespaced = rest.size() > 2 && rest.get(0).equals("namespaces");
        return namespaced ? rest.subList(2, rest.size()) : rest;
    }

    private static String verb(String method, boolean named, boolean watch) {
        return switch (method.toUpperCase(Locale.ROOT)) {
            case "GET" -> watch ? "watch" : named ? "get" : "list";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "DELETE" -> named ? "delete" : "deletecollection";
            default -> method.toLowerCase(Locale.ROOT);
        };
    }

    /** The Lease is renewed all the time, independent of the load. */
    public boolean isLease() {
        return resource.equals("leases");
    }

    /** A request for a ServiceAccount's token, which stores nothing. */
    public boolean isTokenRequest() {
        return subresource.equals("token");
    }

    /** Whether it changes a stored object. Reviews do not, although they are posted. */
    public boolean isWrite() {
        return !READING.contains(verb)
                && !resource.isEmpty()
                && !isLease()
                && !isTokenRequest()
                && !resource.endsWith("reviews");
    }

    /** The label of a write in tables. */
    public String what() {
        return verb + " " + resource + (subresource.isEmpty() ? "" : "/" + subresource);
    }
}
