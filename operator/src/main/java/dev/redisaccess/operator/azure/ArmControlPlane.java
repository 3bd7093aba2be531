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
import com.azure.resourcemanager.redisenterprise.fluent.models.ClusterInner;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.Database;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.acl.AccessString;
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
 * Azure Resource Manager through the SDK's pipeline: clusters with the SDK's own client, and with
 * {@link AccessPolicyAssignmentService} the operations that its version 1.0.0 lacks.
 */
public final class ArmControlPlane implements ControlPlane {

    private final TokenCredential credential;
    private final ArmEndpoint endpoint;
    private final HttpClient http;
    private final Subscriptions subscriptions;
    private final Clock clock;
    /** By subscription: a client of the SDK has one only. */
    private final Map<String, Client> clients = new ConcurrentHashMap<>();
    /** As many as databases were registered since the start. */
    private final Map<DatabaseId, ReadVersion> readVersions = new ConcurrentHashMap<>();

    /**
     * @param credential of the operator itself
     * @param http see {@link AzureHttp}
     * @param subscriptions shared with {@link AzureDatabaseAccess}, which keeps to the quotas
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
        Result<ClusterInner> cluster = call(
                ArmAction.READ_CLUSTER,
                id.clusterPath(),
                () -> body(client(id)
                        .manager()
                        .serviceClient()
                        .getRedisEnterprises()
                        .getByResourceGroupWithResponse(id.resourceGroup(), id.cluster(), Context.NONE)));
        return cluster.flatMap(found -> call(
                        ArmAction.READ_DATABASE,
                        id.path(),
                        () -> body(client(id)
                                .assignments()
                                .readDatabase(endpoint.base(), path(id), ArmPolicies.API_VERSION)))
                .flatMap(database -> database.toDatabase(id, found)));
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
                                        id,
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
                                id,
                                version -> body(client.assignments().read(endpoint.base(), path(id), name, version)))
                        .toAssignment(name)));
        return isAbsence(answer) ? Result.ok(Optional.empty()) : answer;
    }

    @Override
    public Result<Assignment> writeAssignment(
            DatabaseId id, String name, ObjectId principal, Optional<AccessString> accessString) {
        Client client = client(id);
        boolean preview = accessString.isPresent();
        if (preview && !ReadVersion.PREVIEW.equals(readVersion(id).at(clock.instant()))) {
            return Result.failed(previewRefused());
        }
        return call(ArmAction.WRITE_ASSIGNMENT, id.path(), () -> {
                    try {
                        return Result.ok(body(client.assignments()
                                        .create(
                                                endpoint.base(),
                                                path(id),
                                                name,
                                                preview ? ReadVersion.PREVIEW : ArmPolicies.API_VERSION,
                                                AccessPolicyAssignmentResource.granting(principal, accessString),
                                                AccessPolicyAssignmentService.JSON))
                                .granted(name, accessString));
                    } catch (ManagementException refused) {
                        if (!preview || !ArmExceptions.refusesVersion(refused)) {
                            throw refused;
                        }
                        readVersion(id).recordRefusal(clock.instant());
                        return Result.<Assignment>failed(previewRefused());
                    }
                })
                .flatMap(result -> result);
    }

    private static Problem previewRefused() {
        return Problem.of(
                Reason.PREVIEW_API_REFUSED,
                "Azure refuses api-version `" + ReadVersion.PREVIEW
                        + "` for this database, the only one with access strings,"
                        + " so the access of a profile can't be granted. Nothing is granted instead. The operator tries again"
                        + " every hour.");
    }

    @Override
    public Result<Boolean> deleteAssignment(DatabaseId id, String name) {
        Result<Boolean> answer = call(ArmAction.DELETE_ASSIGNMENT, id.path(), () -> client(id)
                        .assignments()
                        .delete(endpoint.base(), path(id), name, ArmPolicies.API_VERSION))
                .flatMap(response -> isHtml(response)
                        ? Result.failed(ArmExceptions.unreadable())
                        : Result.ok(response.getStatusCode() != 204));
        return isAbsence(answer) ? Result.ok(false) : answer;
    }

    /** The body of this answer is not read, so the page of a proxy would count as Azure's consent. */
    private static boolean isHtml(Response<?> response) {
        return Optional.ofNullable(response.getHeaders().getValue(HttpHeaderName.CONTENT_TYPE))
                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("text/html"))
                .isPresent();
    }

    private static <T> T body(Response<T> answer) {
        return Optional.ofNullable(answer.getValue()).orElseThrow(ArmExceptions.EmptyBody::new);
    }

    private static boolean isAbsence(Result<?> answer) {
        return answer.toProblem()
                .filter(problem -> problem.reason() == Reason.AZURE_RESOURCE_NOT_FOUND)
                .isPresent();
    }

    private <T> Result<T> call(ArmAction action, String scope, Supplier<T> call) {
        try {
            return Result.ok(call.get());
        } catch (RuntimeException e) {
            return Result.failed(ArmExceptions.of(e, action, scope));
        }
    }

    /** Reads with the version that shows access strings, and with the generally available one where that is refused. */
    private <T> T reading(DatabaseId id, Function<String, T> call) {
        String version = readVersion(id).at(clock.instant());
        try {
            T answer = call.apply(version);
            readVersion(id).recordSuccess(version);
            return answer;
        } catch (ManagementException refused) {
            if (!version.equals(ReadVersion.PREVIEW) || !ArmExceptions.refusesVersion(refused)) {
                throw refused;
            }
            readVersion(id).recordRefusal(clock.instant());
            return call.apply(ArmPolicies.API_VERSION);
        }
    }

    private static String path(DatabaseId id) {
        return id.path().substring(1);
    }

    private ReadVersion readVersion(DatabaseId id) {
        return readVersions.computeIfAbsent(id, ReadVersion::new);
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
        return new Client(manager, service);
    }

    private record Client(RedisEnterpriseManager manager, AccessPolicyAssignmentService assignments) {}
}
