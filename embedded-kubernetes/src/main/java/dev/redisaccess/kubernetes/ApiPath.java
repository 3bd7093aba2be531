package dev.redisaccess.kubernetes;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A resource path of the API, taken apart. Parts that are not there are empty strings.
 *
 * @param group the API group, empty for core
 * @param namespace empty for a cluster-scoped object and for a list over all namespaces
 * @param name empty for a collection
 * @param subresource {@code status}, {@code token}, … or empty
 */
record ApiPath(String group, String version, String namespace, String plural, String name, String subresource) {
    private static final Set<String> OF_NAMESPACE_ITSELF = Set.of("status", "finalize");

    /** Empty for a path that names no resource (discovery, health). The path comes without its query. */
    static Optional<ApiPath> parse(String path) {
        List<String> parts = Arrays.stream(path.split("/"))
                .filter(part -> !part.isEmpty())
                .map(part -> java.net.URLDecoder.decode(part, java.nio.charset.StandardCharsets.UTF_8))
                .toList();
        if (parts.size() >= 3 && parts.get(0).equals("api")) {
            return Optional.of(resource("", parts.get(1), parts.subList(2, parts.size())));
        }
        if (parts.size() >= 4 && parts.get(0).equals("apis")) {
            return Optional.of(resource(parts.get(1), parts.get(2), parts.subList(3, parts.size())));
        }
        return Optional.empty();
    }

    private static ApiPath resource(String group, String version, List<String> rest) {
        boolean namespaced =
                rest.size() >= 3 && rest.get(0).equals("namespaces") && !OF_NAMESPACE_ITSELF.contains(rest.get(2));
        String namespace = namespaced ? rest.get(1) : "";
        List<String> own = namespaced ? rest.subList(2, rest.size()) : rest;
        return new ApiPath(group, version, namespace, own.get(0), part(own, 1), part(own, 2));
    }

    private static String part(List<String> parts, int index) {
        return index < parts.size() ? parts.get(index) : "";
    }

    boolean isCollection() {
        return name.isEmpty();
    }
}
