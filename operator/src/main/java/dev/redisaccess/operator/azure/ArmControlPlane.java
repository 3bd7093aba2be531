package dev.redisaccess.operator.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.rest.Response;
import com.azure.core.http.rest.RestProxy;
import com.azure.core.management.exception.ManagementException;
import com.azure.core.management.serializer.SerializerFactory;
import com.azure.core.util.Context;
import com.azure.resourcemanager.redisenterprise.RedisEnterpriseManager;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.Database;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.port.ControlPlane;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Azure Resource Manager through the SDK's pipeline: clusters by the SDK itself, and by
 * {@link AccessPolicyAssignmentService} what its version 1.0.0 lacks.
 */
public final class ArmControlPlane implements ControlPlane {

    private final TokenCredential credential;
    private final ArmEndpoint endpoint;
    private final HttpClient http;
    private final Subscriptions subscriptions;
    private final Clock clock;
    /** The SDK's client knows one subscription only. */
    private final Map<String, Client> clients = new ConcurrentHashMap<>();

    /**
     * @param credential the operator's own
     * @param http see {@link AzureHttp}
     * @param subscriptions shared with {@link AzureDatabaseAccess}, which heeds what ARM says about its quotas
     */
    public ArmControlPlane(
            TokenCredential credential,
            ArmEndpoint endpoint,
            HttpClient http,
            Subscriptions subscriptions,
            Clock clock) {
        this.credential = credential;
        this.endpoint = endpoint;
        this.http = http;
        this.subscriptions = subscriptions;
        this.clock = clock;
    }

    @Override
    public Result<Database> readDatabase(DatabaseId id) {
        Result<ClusterDescription> cluster = call(
                ArmAction.READ_CLUSTER,
                id.clusterPath(),
                () -> ClusterDescription.of(body(client(id)
                        .manager()
                        .serviceClient()
                        .getRedisEnterprises()
                        .getByResourceGroupWithResponse(id.resourceGroup(), id.cluster(), Context.NONE))));
        if (cluster instanceof Result.Failed<ClusterDescription> failed) {
            return Result.failed(failed.problem());
        }
        Result<DatabaseDescription> database = call(ArmAction.READ_DATABASE, id.path(), () -> body(client(id)
                        .assignments()
                        .readDatabase(endpoint.base(), path(id), ArmPolicies.API_VERSION))
                .describe());
        if (database instanceof Result.Failed<DatabaseDescription> failed) {
            return Result.failed(failed.problem());
        }
        return ((Result.Ok<DatabaseDescription>) database)
                .value()
                .judge(id, ((Result.Ok<ClusterDescription>) cluster).value());
    }

    @Override
    public Result<List<Assignment>> listAssignments(DatabaseId id) {
        Client client = client(id);
        return new AssignmentList(endpoint, clock)
                .from(
                        call(
                                ArmAction.READ_ASSIGNMENT,
                                id.path(),
                                () -> reading(
                                        client,
                                        version ->
                                                body(client.assignments().list(endpoint.base(), path(id), version)))),
                        link -> call(
                                ArmAction.READ_ASSIGNMENT,
                                id.path(),
                                () -> body(client.assignments().listNext(endpoint.base(), link))));
    }

    @Override
    public Result<Optional<Assignment>> readAssignment(DatabaseId id, String name) {
        Client client = client(id);
        Result<Optional<Assignment>> answer = call(
                ArmAction.READ_ASSIGNMENT,
                id.path(),
                () -> Optional.of(reading(
                                client,
                                version -> body(client.assignments().read(endpoint.base(), path(id), name, version)))
                        .toAssignment(name)));
        return isAbsence(answer) ? Result.ok(Optional.empty()) : answer;
    }

    @Override
    public Result<Assignment> createAssignment(DatabaseId id, String name, ObjectId principal) {
        return call(ArmAction.WRITE_ASSIGNMENT, id.path(), () -> body(client(id)
                        .assignments()
                        .create(
                                endpoint.base(),
                                path(id),
                                name,
                                ArmPolicies.API_VERSION,
                                AccessPolicyAssignmentResource.granting(principal),
                                AccessPolicyAssignmentService.JSON))
                .granted(name));
    }

    @Override
    public Result<Boolean> deleteAssignment(DatabaseId id, String name) {
        Result<Response<Void>> answer = call(ArmAction.DELETE_ASSIGNMENT, id.path(), () -> client(id)
                .assignments()
                .delete(endpoint.base(), path(id), name, ArmPolicies.API_VERSION));
        if (answer instanceof Result.Failed<Response<Void>> failed) {
            return isAbsence(answer) ? Result.ok(false) : Result.failed(failed.problem());
        }
        Response<Void> response = ((Result.Ok<Response<Void>>) answer).value();
        return isPage(response)
                ? Result.failed(ArmExceptions.unreadable())
                : Result.ok(response.getStatusCode() != 204);
    }

    /** Of this call nobody reads the body, so a proxy's page would pass for ARM's consent. */
    private static boolean isPage(Response<?> response) {
        return Optional.ofNullable(response.getHeaders().getValue(HttpHeaderName.CONTENT_TYPE))
                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("text/html"))
                .isPresent();
    }

    private static <T> T body(Response<T> answer) {
        return Optional.ofNullable(answer.getValue()).orElseThrow(ArmExceptions.EmptyBody::new);
    }

    private static boolean isAbsence(Result<?> answer) {
        return answer instanceof Result.Failed<?> failed
                && failed.problem().reason() == Reason.AZURE_RESOURCE_NOT_FOUND;
    }

    private <T> Result<T> call(ArmAction action, String scope, Supplier<T> call) {
        try {
            return Result.ok(call.get());
        } catch (RuntimeException e) {
            return Result.failed(ArmExceptions.of(e, action, scope));
        }
    }

    /** Asks with the version that shows access strings, and with the generally available one where that is refused. */
    private <T> T reading(Client client, Function<String, T> call) {
        String version = client.readVersion().at(clock.instant());
        try {
            T answer = call.apply(version);
            client.readVersion().accepted(version);
            return answer;
        } catch (ManagementException refused) {
            if (!version.equals(ReadVersion.PREVIEW) || !ArmExceptions.refusesVersion(refused)) {
                throw refused;
            }
            client.readVersion().refused(clock.instant());
            return call.apply(ArmPolicies.API_VERSION);
        }
    }

    private static String path(DatabaseId id) {
        return id.path().substring(1);
    }

    private Client client(DatabaseId id) {
        return clients.computeIfAbsent(id.subscriptionId(), this::connect);
    }

    private Client connect(String subscriptionId) {
        RedisEnterpriseManager manager = RedisEnterpriseManager.configure()
                .withHttpClient(http)
                .withRetryPolicy(SingleRetry.ofReads())
                .withPolicy(new ArmPolicies.PinnedApiVersion())
                .withPolicy(new ArmPolicies.QuotaWatch(subscriptions.of(subscriptionId)))
                .authenticate(credential, endpoint.profile(subscriptionId));
        AccessPolicyAssignmentService service = RestProxy.create(
                AccessPolicyAssignmentService.class,
                manager.serviceClient().getHttpPipeline(),
                SerializerFactory.createDefaultManagementSerializerAdapter());
        return new Client(manager, service, new ReadVersion(subscriptionId));
    }

    private record Client(
            RedisEnterpriseManager manager, AccessPolicyAssignmentService assignments, ReadVersion readVersion) {}
}
