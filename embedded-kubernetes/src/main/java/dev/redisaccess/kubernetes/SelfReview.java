package dev.redisaccess.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.kubernetes.json.Json;

/** Responses to "what may I do": everything, because the embedded API has no authorization. */
final class SelfReview {
    private SelfReview() {}

    /** The request is not read: kubectl sends a binary form, and the response is the same for all. */
    static ObjectNode response(ApiPath path, ApiRequest request) {
        ObjectNode response = request.mediaType().endsWith("protobuf") ? Json.object() : request.object();
        response.put("apiVersion", path.group() + "/" + path.version());
        switch (path.plural()) {
            case "selfsubjectrulesreviews" ->
                response.put("kind", "SelfSubjectRulesReview").set("status", allRules());
            case "selfsubjectaccessreviews" ->
                response.put("kind", "SelfSubjectAccessReview")
                        .set("status", Json.object().put("allowed", true));
            default -> throw ApiFailure.noSuchPath();
        }
        return response;
    }

    private static ObjectNode allRules() {
        ObjectNode status = Json.object().put("incomplete", false);
        ObjectNode rule = status.putArray("resourceRules").addObject();
        rule.putArray("verbs").add("*");
        rule.putArray("apiGroups").add("*");
        rule.putArray("resources").add("*");
        status.putArray("nonResourceRules");
        return status;
    }
}
