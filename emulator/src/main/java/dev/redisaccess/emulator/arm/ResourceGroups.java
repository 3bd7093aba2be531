package dev.redisaccess.emulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.http.Router;
import dev.redisaccess.emulator.state.ArmId;
import dev.redisaccess.emulator.state.AzureState;
import dev.redisaccess.emulator.state.SubscriptionStore.ResourceGroup;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** {@code /subscriptions/{subscription}/resourceGroups}. */
final class ResourceGroups {

    private static final String GROUP = "/subscriptions/{subscription}/resourceGroups/{group}";
    private static final String RESULT = "/subscriptions/{subscription}/operationresults/{operation}";

    private final AzureState state;
    private final Pages pages;

    ResourceGroups(AzureState state, Pages pages) {
        this.state = state;
        this.pages = pages;
    }

    void addTo(Router<ArmRoute> routes) {
        new Verbs(routes, ResourceType.RESOURCE_GROUPS)
                .list("/subscriptions/{subscription}/resourceGroups", this::list, "$filter", "$top")
                .get(GROUP, this::get)
                .put(GROUP, this::put)
                .patch(GROUP, this::patch)
                .delete(GROUP, this::delete);
        routes.add("GET", RESULT, ArmRoute.open(ResourceType.RESOURCE_GROUPS, request -> Response.empty(200)));
    }

    private Response list(ArmRequest request) {
        Filter filter = Filter.of(request);
        return pages.of(
                request,
                state.subscriptions().groups(request.path().get("subscription")).stream()
                        .filter(group -> matches(group, filter))
                        .map(ResourceGroups::render)
                        .toList());
    }

    /** The specification has {@code tagName eq 'a' and tagValue eq 'b'}. */
    private static boolean matches(ResourceGroup group, Filter filter) {
        return TagFilter.of(filter).map(each -> each.matches(group.tags())).orElse(true);
    }

    private Response get(ArmRequest request) {
        return Response.json(200, render(find(request)));
    }

    private ResourceGroup find(ArmRequest request) {
        return state.subscriptions()
                .group(request.id())
                .orElseThrow(() ->
                        new ArmRefusal(ArmError.groupNotFound(request.path().get("group"))));
    }

    private Response put(ArmRequest request) {
        JsonNode body = request.body();
        String location = Locations.required(body);
        Optional<ResourceGroup> before = state.subscriptions().group(request.id());
        before.ifPresent(each -> requireSame(each, location));
        ResourceGroup group = new ResourceGroup(
                before.map(ResourceGroup::id).orElse(request.id()),
                location,
                Tags.in(body).orElse(Map.of()));
        return Response.json(state.subscriptions().put(group) ? 201 : 200, render(group));
    }

    private static void requireSame(ResourceGroup before, String location) {
        if (!Locations.same(before.location(), location)) {
            throw new ArmRefusal(ArmError.gateway(
                    409,
                    "InvalidResourceGroupLocation",
                    "Invalid resource group location '" + location
                            + "'. The Resource group already exists in location '" + before.location() + "'."));
        }
    }

    private Response patch(ArmRequest request) {
        ResourceGroup before = find(request);
        ResourceGroup group = new ResourceGroup(
                before.id(), before.location(), Tags.in(request.body()).orElse(before.tags()));
        state.subscriptions().put(group);
        return Response.json(200, render(group));
    }

    /** With its contents, at once; in Azure it takes time. */
    private Response delete(ArmRequest request) {
        ArmId group = find(request).id();
        state.redis().removeGroup(group);
        state.directory().removeGroup(group);
        state.accessControl().removeWithin(group);
        state.subscriptions().remove(group);
        String result = RESULT.replace("{subscription}", request.path().get("subscription"))
                .replace("{operation}", UUID.randomUUID().toString());
        return Response.empty(202)
                .with("Location", request.base() + result + "?api-version=" + request.apiVersion())
                .with("Retry-After", "0");
    }

    private static ObjectNode render(ResourceGroup group) {
        ObjectNode body = Json.object();
        body.put("id", group.id().text());
        body.put("name", group.id().name());
        body.put("type", "Microsoft.Resources/resourceGroups");
        body.put("location", group.location());
        Tags.render(body, group.tags());
        body.putObject("properties").put("provisioningState", "Succeeded");
        return body;
    }
}
