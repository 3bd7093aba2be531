package dev.redisaccess.emulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redisaccess.emulator.http.Request;
import dev.redisaccess.emulator.state.ArmId;
import dev.redisaccess.emulator.state.OperationFate;
import dev.redisaccess.emulator.state.StartedBy;
import java.util.Map;

/**
 * A request that passed the gateway.
 *
 * @param path the values of the path's holes
 */
record ArmRequest(Request http, Map<String, String> path, Caller caller, String apiVersion) {

    /** The resource that the path names. */
    ArmId id() {
        return new ArmId(http.path());
    }

    /** The scope of a list: the resource group in the path, or else the subscription. */
    ArmId groupOrSubscription() {
        return id().resourceGroupId().orElse(ArmId.subscription(path.get("subscription")));
    }

    StartedBy startedBy() {
        return new StartedBy(
                caller.objectId(), http.attribute(OperationFate.class).orElse(OperationFate.COMPLETES));
    }

    /** @throws ArmRefusal with 400 when the body is not a JSON object */
    JsonNode body() {
        return http.json()
                .orElseThrow(() -> new ArmRefusal(ArmError.contentInvalid("the request body must be a JSON object.")));
    }

    String base() {
        return http.base("https");
    }
}
