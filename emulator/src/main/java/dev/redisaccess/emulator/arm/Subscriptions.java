package dev.redisaccess.emulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.http.Router;
import dev.redisaccess.emulator.state.ArmId;
import dev.redisaccess.emulator.state.AzureState;
import dev.redisaccess.emulator.state.Subscriptions.ResourceGroup;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Tenants, subscriptions, resource groups and the list of providers: what tools ask before anything else. */
final class Subscriptions {

    private static final String GROUP = "/subscriptions/{subscription}/resourceGroups/{group}";

    private final AzureState state;
    private final Pages pages;

    Subscriptions(AzureState state, Pages pages) {
        this.state = state;
        this.pages = pages;
    }

    void addTo(Router<ArmRoute> routes) {
        routes.add("GET", "/tenants", open(ResourceType.TENANTS, this::tenants));
        routes.add("GET", "/subscriptions", open(ResourceType.SUBSCRIPTIONS, this::subscriptions));
        routes.add("GET", "/subscriptions/{subscription}", open(ResourceType.SUBSCRIPTIONS, this::subscription));
        routes.add("GET", "/subscriptions/{subscription}/providers", open(ResourceType.PROVIDERS, this::providers));
        routes.add(
                "GET",
                "/subscriptions/{subscription}/providers/{namespace}",
                open(ResourceType.PROVIDERS, this::provider));
        new Verbs(routes, ResourceType.RESOURCE_GROUPS)
                .list("/subscriptions/{subscription}/resourceGroups", this::groups)
                .get(GROUP, this::group)
                .put(GROUP, this::putGroup);
    }

    private static ArmRoute open(ResourceType type, Function<ArmRequest, Response> handler) {
        return new ArmRoute(type, Optional.empty(), false, handler);
    }

    private Response tenants(ArmRequest request) {
        return pages.of(
                request,
                List.of(Json.object()
                        .put("id", "/tenants/" + state.tenantId())
                        .put("tenantId", state.tenantId())
                        .put("displayName", "Local Azure emulator")
                        .put("tenantCategory", "Home")));
    }

    /** Those on which, or in which, the caller has any role. */
    private Response subscriptions(ArmRequest request) {
        String caller = request.caller().objectId();
        return pages.of(
                request,
                state.subscriptions().all().stream()
                        .filter(each -> state.accessControl().assignments().stream()
                                .filter(role -> role.principalId().equalsIgnoreCase(caller))
                                .anyMatch(role -> role.scope().isWithin(ArmId.subscription(each))
                                        || ArmId.subscription(each).isWithin(role.scope())))
                        .map(this::render)
                        .toList());
    }

    private Response subscription(ArmRequest request) {
        return Response.json(200, render(request.path().get("subscription")));
    }

    private ObjectNode render(String id) {
        ObjectNode body = Json.object();
        body.put("id", ArmId.subscription(id).text());
        body.put("authorizationSource", "RoleBased");
        body.putArray("managedByTenants");
        body.put("subscriptionId", id);
        body.put("tenantId", state.tenantId());
        body.put("displayName", "Emulated subscription");
        body.put("state", "Enabled");
        body.putObject("subscriptionPolicies")
                .put("locationPlacementId", "Public_2014-09-01")
                .put("quotaId", "PayAsYouGo_2014-09-01")
                .put("spendingLimit", "Off");
        return body;
    }

    private Response providers(ArmRequest request) {
        return pages.of(
                request,
                Arrays.stream(ResourceType.values())
                        .map(Subscriptions::namespace)
                        .distinct()
                        .map(namespace -> provider(request, namespace))
                        .toList());
    }

    private Response provider(ArmRequest request) {
        String asked = request.path().get("namespace");
        return Arrays.stream(ResourceType.values())
                .map(Subscriptions::namespace)
                .filter(asked::equalsIgnoreCase)
                .findFirst()
                .map(namespace -> Response.json(200, provider(request, namespace)))
                .orElseThrow(() -> new ArmRefusal(ArmError.gateway(
                        404, "InvalidResourceNamespace", "The resource namespace '" + asked + "' is invalid.")));
    }

    private static ObjectNode provider(ArmRequest request, String namespace) {
        ObjectNode body = Json.object();
        body.put("id", ArmId.subscription(request.path().get("subscription")) + "/providers/" + namespace);
        body.put("namespace", namespace);
        body.put("registrationState", "Registered");
        body.put("registrationPolicy", "RegistrationRequired");
        for (ResourceType type : ResourceType.values()) {
            if (namespace(type).equals(namespace)) {
                ObjectNode entry = body.withArray("resourceTypes").addObject();
                entry.put("resourceType", type.typeName().substring(namespace.length() + 1));
                entry.putArray("locations").add("West US 2");
                type.apiVersions().forEach(entry.putArray("apiVersions")::add);
            }
        }
        return body;
    }

    private static String namespace(ResourceType type) {
        return type.typeName().substring(0, type.typeName().indexOf('/'));
    }

    private Response groups(ArmRequest request) {
        return pages.of(
                request,
                state.subscriptions().groups(request.path().get("subscription")).stream()
                        .map(Subscriptions::render)
                        .toList());
    }

    private Response group(ArmRequest request) {
        return state.subscriptions()
                .group(request.id())
                .map(group -> Response.json(200, render(group)))
                .orElseThrow(() ->
                        new ArmRefusal(ArmError.groupNotFound(request.path().get("group"))));
    }

    private Response putGroup(ArmRequest request) {
        String location = Json.text(request.body(), "location")
                .orElseThrow(() -> new ArmRefusal(ArmError.gateway(
                        400, "LocationRequired", "The location property is required for this definition.")));
        Map<String, String> tags = new HashMap<>();
        request.body()
                .path("tags")
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
        ResourceGroup group = new ResourceGroup(request.id(), location, tags);
        return Response.json(state.subscriptions().put(group) ? 201 : 200, render(group));
    }

    private static ObjectNode render(ResourceGroup group) {
        ObjectNode body = Json.object();
        body.put("id", group.id().text());
        body.put("name", group.id().name());
        body.put("type", "Microsoft.Resources/resourceGroups");
        body.put("location", group.location());
        ObjectNode tags = body.putObject("tags");
        group.tags().forEach(tags::put);
        body.putObject("properties").put("provisioningState", "Succeeded");
        return body;
    }
}
