package dev.redisaccess.emulator.arm;

import dev.redisaccess.emulator.http.Handler;
import dev.redisaccess.emulator.http.NotEmulated;
import dev.redisaccess.emulator.http.Request;
import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.http.Router;
import dev.redisaccess.emulator.state.ArmId;
import dev.redisaccess.emulator.state.AzureState;
import dev.redisaccess.emulator.state.DataPlaneFeed;
import java.util.Optional;

/**
 * ARM's checks before a request reaches a resource provider, in this order: token, route, api-version, subscription,
 * permission, resource group.
 */
final class Gateway implements Handler {

    private static final byte[] NOTHING = new byte[0];
    private static final Response.Delivery WHOLE = Response.Delivery.WHOLE;

    private final Router<ArmRoute> routes;
    private final Bearer bearer;
    private final AzureState state;
    private final DataPlaneFeed feed;
    private final Throttle throttle;

    Gateway(Router<ArmRoute> routes, Bearer bearer, AzureState state, DataPlaneFeed feed, Throttle throttle) {
        this.routes = routes;
        this.bearer = bearer;
        this.state = state;
        this.feed = feed;
        this.throttle = throttle;
    }

    @Override
    public Response handle(Request request) {
        feed.settle();
        try {
            return request.method().equals("HEAD") ? existence(request) : admit(request);
        } catch (ArmRefusal refusal) {
            Response response = throttle.counted(request, refusal.error().response());
            return refusal.error().notEmulated() ? NotEmulated.mark(response) : response;
        } finally {
            feed.settle();
        }
    }

    /** {@code HEAD}: whether a GET would find the resource. */
    private Response existence(Request request) {
        try {
            Response response = admit(request.as("GET"));
            return response.status() == 200 ? new Response(204, response.headers(), NOTHING, WHOLE) : response;
        } catch (ArmRefusal refusal) {
            Response response = refusal.error().response();
            return new Response(response.status(), response.headers(), NOTHING, WHOLE);
        }
    }

    private Response admit(Request request) {
        Caller caller = bearer.authenticate(request);
        Optional<ArmError> throttled = throttle.refuse(request, caller);
        if (throttled.isPresent()) {
            throw new ArmRefusal(throttled.get());
        }
        Optional<String> version = request.parameter("api-version");
        if (version.isEmpty()) {
            throw new ArmRefusal(ArmError.apiVersionMissing());
        }
        Router.Found<ArmRoute> found =
                routes.find(request).orElseThrow(() -> new ArmRefusal(unrouted(request, version.get())));
        ArmRoute route = found.target();
        requireVersion(route.type(), version.get());
        requireOptions(route, request);
        ArmRequest armRequest = new ArmRequest(request, found.values(), caller, version.get());
        requireSubscription(armRequest.id());
        requirePermission(route, armRequest);
        if (route.type() != ResourceType.RESOURCE_GROUPS) {
            requireGroup(armRequest.id());
        }
        return throttle.counted(request, route.handler().apply(armRequest));
    }

    private ArmError unrouted(Request request, String version) {
        if (routes.knowsPath(request)) {
            return ArmError.gateway(
                            405,
                            "MethodNotAllowed",
                            "The request method '" + request.method() + "' is not allowed for this resource.")
                    .causedByEmulator();
        }
        String resource = new ArmResource(new ArmId(request.path())).typeAndNames();
        return ArmError.typeUnknown(resource.split("/")[0], version).causedByEmulator();
    }

    /** An option that would have no effect is refused: a program that deletes what it lists must not list more. */
    private static void requireOptions(ArmRoute route, Request request) {
        for (String name : request.query().keySet()) {
            boolean has = route.options().stream().anyMatch(name::equalsIgnoreCase);
            if (name.startsWith("$") && !name.equalsIgnoreCase(Pages.SKIP) && !has) {
                throw new ArmRefusal(
                        ArmError.notEmulated("The emulator does not have the query option `" + name + "` here."));
            }
        }
    }

    private static void requireVersion(ResourceType type, String version) {
        if (type.apiVersions().contains(version)) {
            return;
        }
        boolean own = type.typeName().startsWith("Microsoft.Resources/");
        ArmError error = own
                ? ArmError.apiVersionInvalid(version, type.apiVersions())
                : ArmError.apiVersionNotRegistered(
                        version, type.typeName().substring(type.typeName().indexOf('/') + 1), type.apiVersions());
        throw new ArmRefusal(type.mayBeNewer(version) ? error.causedByEmulator() : error);
    }

    private void requireSubscription(ArmId id) {
        Optional<String> missing =
                id.subscriptionId().filter(each -> !state.subscriptions().contains(each));
        if (missing.isPresent()) {
            throw new ArmRefusal(ArmError.subscriptionNotFound(missing.get()));
        }
    }

    private void requirePermission(ArmRoute route, ArmRequest request) {
        if (route.action().isEmpty()) {
            return;
        }
        String path = request.id().text();
        ArmId scope = route.belowTarget() ? new ArmId(beforeType(path)) : request.id();
        if (!state.accessControl()
                .allows(request.caller().objectId(), route.action().get(), scope)) {
            throw new ArmRefusal(
                    ArmError.notAuthorized(request.caller(), route.action().get(), scope.text()));
        }
    }

    /** The resource that contains a list: without the type's segment, and without the provider directly before it. */
    private static String beforeType(String path) {
        String shorter = path.substring(0, path.lastIndexOf('/'));
        int providers = shorter.lastIndexOf("/providers/");
        boolean providerLast = providers >= 0 && shorter.indexOf('/', providers + "/providers/".length()) < 0;
        String scope = providerLast ? shorter.substring(0, providers) : shorter;
        return scope.isEmpty() ? "/" : scope;
    }

    private void requireGroup(ArmId id) {
        Optional<ArmId> missing = id.resourceGroupId()
                .filter(group -> state.subscriptions().group(group).isEmpty());
        if (missing.isPresent()) {
            throw new ArmRefusal(ArmError.groupNotFound(missing.get().name()));
        }
    }
}
