package dev.redisaccess.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.kubernetes.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Responses to "may this user do that": by the ClusterRoles that ClusterRoleBindings give to the user or its groups. The
 * embedded API itself enforces none of them; this is for programs that ask, such as a token proxy.
 */
final class AccessReview {

    private final ObjectStore store;

    AccessReview(ObjectStore store) {
        this.store = store;
    }

    ObjectNode response(ApiPath path, ApiRequest request) {
        ObjectNode response = request.object();
        response.put("apiVersion", path.group() + "/" + path.version());
        response.put("kind", "SubjectAccessReview")
                .set("status", Json.object().put("allowed", allows(response.path("spec"))));
        return response;
    }

    private boolean allows(JsonNode spec) {
        List<String> names = new ArrayList<>(List.of("User/" + spec.path("user").asText()));
        spec.path("groups").forEach(group -> names.add("Group/" + group.asText()));
        return store.list(KindRegistry.CLUSTER_ROLE_BINDING, "").stream()
                .filter(binding -> stream(binding.path("subjects")).anyMatch(subject -> names.contains(name(subject))))
                .map(binding -> binding.path("roleRef").path("name").asText())
                .flatMap(role -> store.find(KindRegistry.CLUSTER_ROLE.key("", role)).stream())
                .flatMap(role -> stream(role.path("rules")))
                .anyMatch(rule -> isFor(rule, spec.path("resourceAttributes")));
    }

    private static String name(JsonNode subject) {
        String name = subject.path("name").asText();
        return subject.path("kind").asText().equals("ServiceAccount")
                ? "User/system:serviceaccount:" + subject.path("namespace").asText() + ":" + name
                : subject.path("kind").asText() + "/" + name;
    }

    private static boolean isFor(JsonNode rule, JsonNode wanted) {
        return has(rule.path("verbs"), wanted.path("verb"))
                && has(rule.path("apiGroups"), wanted.path("group"))
                && has(rule.path("resources"), wanted.path("resource"));
    }

    private static boolean has(JsonNode listed, JsonNode wanted) {
        return stream(listed)
                .anyMatch(each -> each.asText().equals("*") || each.asText().equals(wanted.asText()));
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
