package dev.redisaccess.quickstart.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.quickstart.json.Json;

/** Answers to "what may I do": everything, because the embedded API has no authorization. */
final class SelfReview {
    private SelfReview() {}

    static ObjectNode answer(String plural, ObjectNode review) {
        ObjectNode answer = review.deepCopy();
        switch (plural) {
            case "selfsubjectrulesreviews" -> answer.set("status", allRules());
            case "selfsubjectaccessreviews" ->
                answer.set("status", Json.object().put("allowed", true));
            default -> throw ApiFailure.noSuchPath();
        }
        return answer;
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
