package dev.redisaccess.emulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.http.NotEmulated;
import dev.redisaccess.emulator.http.Response;
import java.util.List;
import java.util.Map;

/**
 * A refusal, as {@code {"error":{"code":…,"message":…}}}.
 *
 * @param gateway whether ARM itself refuses, before the resource provider
 * @param notEmulated whether Azure may support the request although the emulator does not
 */
record ArmError(
        int status, String code, String message, boolean gateway, Map<String, String> headers, boolean notEmulated) {

    static ArmError gateway(int status, String code, String message) {
        return new ArmError(status, code, message, true, Map.of(), false);
    }

    static ArmError provider(int status, String code, String message) {
        return new ArmError(status, code, message, false, Map.of(), false);
    }

    /** A setting or a query option that Azure has and the emulator does not. */
    static ArmError notEmulated(String message) {
        return provider(400, NotEmulated.CODE, message).causedByEmulator();
    }

    static ArmError subscriptionNotFound(String id) {
        return gateway(404, "SubscriptionNotFound", "The subscription '" + id + "' could not be found.");
    }

    static ArmError groupNotFound(String name) {
        return gateway(404, "ResourceGroupNotFound", "Resource group '" + name + "' could not be found.");
    }

    static ArmError resourceNotFound(ArmResource resource) {
        return gateway(
                404,
                "ResourceNotFound",
                "The Resource '" + resource.typeAndNames() + "' under resource group '" + resource.group()
                        + "' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix");
    }

    static ArmError parentNotFound(String name) {
        return gateway(
                404,
                "ParentResourceNotFound",
                "Can not perform requested operation on nested resource. Parent resource '" + name + "' not found.");
    }

    static ArmError apiVersionMissing() {
        return gateway(
                400,
                "MissingApiVersionParameter",
                "The api-version query parameter (?api-version=) is required for all requests.");
    }

    static ArmError apiVersionInvalid(String version, List<String> supported) {
        return gateway(
                400,
                "InvalidApiVersionParameter",
                "The api-version '" + version + "' is invalid. The supported versions are '"
                        + String.join(",", supported) + "'.");
    }

    static ArmError apiVersionNotRegistered(String version, String type, List<String> supported) {
        return gateway(
                400,
                "NoRegisteredProviderFound",
                "No registered resource provider found for location 'westus2' and API version '" + version
                        + "' for type '" + type + "'. The supported api-versions are '" + String.join(", ", supported)
                        + "'. The supported locations are 'westus2'.");
    }

    static ArmError typeUnknown(String provider, String version) {
        return gateway(
                404,
                "InvalidResourceType",
                "The resource type could not be found in the namespace '" + provider + "' for api version '" + version
                        + "'.");
    }

    static ArmError notAuthorized(Caller caller, String action, String scope) {
        return gateway(
                403,
                "AuthorizationFailed",
                "The client '" + caller.clientId() + "' with object id '" + caller.objectId()
                        + "' does not have authorization to perform action '" + action + "' over scope '" + scope
                        + "' or the scope is invalid. If access was recently granted, please refresh your"
                        + " credentials.");
    }

    static ArmError busy(String operationUrl) {
        return provider(
                409,
                "AnotherOperationInProgress",
                "Another operation on this or dependent resource is in progress. To retrieve status of the operation"
                        + " use uri: " + operationUrl + ".");
    }

    static ArmError contentInvalid(String message) {
        return provider(400, "InvalidRequestContent", "The request content was invalid: " + message);
    }

    ArmError with(String header, String value) {
        return new ArmError(status, code, message, gateway, Map.of(header, value), notEmulated);
    }

    /** The same, marked as a refusal that Azure may not give. */
    ArmError causedByEmulator() {
        return new ArmError(status, code, message, gateway, headers, true);
    }

    Response response() {
        ObjectNode body = Json.object();
        body.putObject("error").put("code", code).put("message", message);
        Response response = Response.json(status, body);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            response = response.with(header.getKey(), header.getValue());
        }
        return gateway ? response.with("x-ms-failure-cause", "gateway") : response;
    }
}
