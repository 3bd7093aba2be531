package dev.redisaccess.emulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.http.Router;
import dev.redisaccess.emulator.state.ArmId;
import dev.redisaccess.emulator.state.AzureState;
import java.util.List;

/** Tenants and subscriptions, which tools read first. */
final class Subscriptions {

    private final AzureState state;
    private final Pages pages;

    Subscriptions(AzureState state, Pages pages) {
        this.state = state;
        this.pages = pages;
    }

    void addTo(Router<ArmRoute> routes) {
        routes.add("GET", "/tenants", ArmRoute.open(ResourceType.TENANTS, this::tenants));
        routes.add("GET", "/subscriptions", ArmRoute.open(ResourceType.SUBSCRIPTIONS, this::subscriptions));
        routes.add(
                "GET", "/subscriptions/{subscription}", ArmRoute.open(ResourceType.SUBSCRIPTIONS, this::subscription));
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
}
