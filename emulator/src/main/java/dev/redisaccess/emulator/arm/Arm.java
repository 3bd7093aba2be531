package dev.redisaccess.emulator.arm;

import dev.redisaccess.emulator.entra.AccessTokens;
import dev.redisaccess.emulator.entra.Resources;
import dev.redisaccess.emulator.http.Handler;
import dev.redisaccess.emulator.http.Request;
import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.http.Router;
import dev.redisaccess.emulator.state.AzureState;
import dev.redisaccess.emulator.state.DataPlaneFeed;
import java.time.Clock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Azure Resource Manager as a whole. */
public final class Arm implements Handler {

    private final Handler handler;

    /**
     * Settings of ARM.
     *
     * @param authority the base URL of the token issuer
     * @param pageSize the number of items per page of a list
     * @param throttling whether empty request buckets lead to 429
     * @param resources what tokens can be for
     */
    public record Settings(Supplier<String> authority, int pageSize, boolean throttling, Resources resources) {}

    /** @param faults wraps the service with the faults in force; the envelope goes around both */
    public Arm(
            AzureState state,
            DataPlaneFeed feed,
            AccessTokens tokens,
            Clock clock,
            Settings settings,
            UnaryOperator<Handler> faults) {
        Router<ArmRoute> routes = new Router<>();
        Pages pages = new Pages(settings.pageSize());
        OperationLinks links = new OperationLinks();
        Operations operations = new Operations(state, links);
        operations.addTo(routes);
        new Clusters(state, links, pages).addTo(routes);
        new Databases(state.redis(), feed, links, pages).addTo(routes);
        new DatabaseActions(state.redis(), links).addTo(routes);
        new Assignments(state.redis(), links, pages).addTo(routes);
        new Identities(state, pages).addTo(routes);
        new FederatedCredentials(state.directory(), pages).addTo(routes);
        new Subscriptions(state, pages).addTo(routes);
        new ResourceGroups(state, pages).addTo(routes);
        new GenericResources(state, pages).addTo(routes);
        new Locations(pages).addTo(routes);
        new Providers(pages).addTo(routes);
        new RoleDefinitions(state.accessControl(), clock, pages).addTo(routes);
        new RoleAssignments(state.accessControl(), clock, pages).addTo(routes);
        Resources resources = settings.resources();
        Bearer bearer = new Bearer(tokens, state.tenantId(), clock, settings.authority(), resources::isArm);
        Bearer graphBearer = new Bearer(tokens, state.tenantId(), clock, settings.authority(), resources::isGraph);
        Throttle throttle = new Throttle(clock, settings.throttling());
        Handler gateway = new Gateway(routes, bearer, state, feed, throttle);
        Handler graph = new Graph(state.directory(), graphBearer, gateway);
        Handler all = new CloudMetadata(settings.authority(), graph);
        this.handler = new Envelope(faults.apply(all), clock);
    }

    @Override
    public Response handle(Request request) {
        return handler.handle(request);
    }
}
