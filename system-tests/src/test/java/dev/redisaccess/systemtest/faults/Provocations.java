package dev.redisaccess.systemtest.faults;

import static dev.redisaccess.systemtest.faults.Provocation.ACCOUNT;
import static dev.redisaccess.systemtest.faults.Provocation.BINDING;
import static dev.redisaccess.systemtest.faults.Provocation.SHORT_CHECK;

import dev.redisaccess.emulator.redis.RedisFault;
import dev.redisaccess.emulator.state.Cluster;
import dev.redisaccess.emulator.state.Database;
import dev.redisaccess.emulator.state.ProvisioningState;
import dev.redisaccess.operator.api.Federation;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.systemtest.scenario.BindingView;
import dev.redisaccess.systemtest.scenario.LocalPlatform;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What causes each reason: a case here, or else by the first row of the matrix that shows it. */
final class Provocations {

    private static final Duration LONGER_THAN_A_REPORT_WAITS = Duration.ofSeconds(7);

    private static final String STRANGER = "99999999-0000-0000-0000-000000000001";

    private Provocations() {}

    /** One operator shows them in all of its bindings or in none: {@link TokenProxyReasonsTest}. */
    private static final Set<Reason> OF_THE_INSTALLATION =
            EnumSet.of(Reason.IDENTITY_BINDINGS_DISABLED, Reason.TOKEN_PROXY_UNTRUSTED);

    /** All of them. A reason that none of them has lacks a test. */
    static List<Provocation> list() {
        List<Provocation> all = new ArrayList<>(Stream.of(
                        wellBeing(),
                        registrations(),
                        databases(),
                        identities(),
                        profiles(),
                        verifications(),
                        publishing())
                .flatMap(List::stream)
                .toList());
        Set<Reason> left = EnumSet.allOf(Reason.class);
        all.forEach(each -> left.removeAll(each.reasons()));
        left.forEach(reason -> Stream.of(Step.NEW, Step.DELETING)
                .flatMap(step -> AllFaults.list().stream()
                        .filter(row -> row.federation() != Federation.IDENTITY_BINDING)
                        .filter(row -> row.at(step).filter(only(reason)::equals).isPresent())
                        .map(row -> Provocation.row(row, step, reason)))
                .findFirst()
                .ifPresent(all::add));
        return all;
    }

    private static Expectation only(Reason reason) {
        return new Expectation.Shows(EnumSet.of(reason));
    }

    private static List<Provocation> wellBeing() {
        return List.of(
                Provocation.of(
                        "all-is-well",
                        Provocation::apply,
                        Reason.READY,
                        Reason.DATABASE_RUNNING,
                        Reason.ACCESS_KEYS_DISABLED,
                        Reason.ACCESS_EXPLAINED,
                        Reason.WORKLOAD_IDENTIFIED,
                        Reason.ACCESS_GRANTED,
                        Reason.LOGIN_VERIFIED,
                        Reason.ENVIRONMENT_PUBLISHED),
                Provocation.of(
                        "not-verified",
                        scene -> scene.tenant().registered().bind(BINDING, ACCOUNT, "verification: {mode: Disabled}"),
                        Reason.VERIFICATION_DISABLED));
    }

    private static List<Provocation> registrations() {
        return List.of(
                Provocation.of(
                        "not-registered",
                        scene -> scene.tenant().bind(BINDING, ACCOUNT),
                        Reason.DATABASE_NOT_FOUND,
                        Reason.NOT_ATTEMPTED),
                registeredAs("not-admitted", "", "{names: [elsewhere]}", Reason.NAMESPACE_NOT_ALLOWED),
                registeredAs("no-resource-id", "/subscriptions/none", "{selector: {}}", Reason.INVALID_RESOURCE_ID),
                registeredAs(
                        "classic-redis",
                        "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/shop/providers/"
                                + "Microsoft.Cache/redis/orders",
                        "{selector: {}}",
                        Reason.CLASSIC_REDIS_NOT_SUPPORTED),
                // As an API server takes it that was given an older definition.
                Provocation.of(
                        "invalid-spec",
                        scene -> scene.tenant().registered().bind(BINDING, ACCOUNT, "verification: {periodSeconds: 1}"),
                        Reason.INVALID_SPEC));
    }

    private static Provocation registeredAs(String name, String id, String allowed, Reason reason) {
        return Provocation.of(
                name,
                scene -> {
                    scene.tenant()
                            .register(id.isEmpty() ? scene.tenant().cluster().text() : id, allowed);
                    scene.tenant().bind(BINDING, ACCOUNT);
                },
                reason);
    }

    private static List<Provocation> databases() {
        return List.of(
                Provocation.before(
                        "database-slow",
                        scene -> scene.arm(Actions.slow(LONGER_THAN_A_REPORT_WAITS)),
                        Reason.READING_DATABASE,
                        Reason.ACCESS_NOT_REVIEWED,
                        Reason.ACCESS_KEYS_UNKNOWN),
                Provocation.before(
                        "database-failed",
                        scene -> scene.tenant().withDatabase(ProvisioningState.Failed),
                        Reason.DATABASE_NOT_RUNNING),
                Provocation.before(
                        "database-plaintext",
                        scene -> scene.arm("GET", "/databases/default$", Actions.body("""
                                {"properties": {"port": 10000, "clientProtocol": "Plaintext", "clusteringPolicy": "NoCluster",
                                 "provisioningState": "Succeeded", "resourceState": "Running"}}
                                """), 0),
                        Reason.ENCRYPTION_DISABLED),
                Provocation.before("access-keys", Provocations::enableAccessKeys, Reason.ACCESS_KEYS_ENABLED),
                Provocation.before(
                        "unmanaged",
                        scene -> scene.tenant().assignedByOthers("by-hand", STRANGER, Optional.empty()),
                        Reason.UNMANAGED_ACCESS),
                Provocation.of(
                        "acknowledged-once", Provocations::acknowledgeUntilAPastDay, Reason.ACKNOWLEDGEMENT_EXPIRED));
    }

    private static void acknowledgeUntilAPastDay(Scene scene) {
        scene.tenant().assignedByOthers("by-hand", STRANGER, Optional.empty());
        Provocation.apply(scene);
        // A merge, because the operator writes the status meanwhile.
        scene.tenant().registration().patch(PatchContext.of(PatchType.JSON_MERGE), """
                        {"spec": {"access": {"acknowledged": [
                          {"objectId": "%s", "reason": "export", "owner": "data-team", "until": "2020-01-01"}]}}}
                        """.formatted(STRANGER));
    }

    private static void enableAccessKeys(Scene scene) {
        var redis = scene.platform().azure().state().redis();
        Database now = redis.database(scene.tenant().database()).orElseThrow();
        redis.restore(new Database(
                now.id(), now.port(), now.clusteringPolicy(), true, now.shards(), "VolatileLRU", now.state()));
    }

    private static List<Provocation> identities() {
        return List.of(
                Provocation.of(
                        "no-account",
                        scene -> scene.tenant().registered().bind(BINDING, "missing"),
                        Reason.SERVICE_ACCOUNT_NOT_FOUND),
                Provocation.of(
                        "no-client-id",
                        scene -> {
                            scene.platform().apply("""
                                    apiVersion: v1
                                    kind: ServiceAccount
                                    metadata: {name: plain, namespace: %s}
                                    """.formatted(scene.tenant().name()));
                            scene.tenant().registered().bind(BINDING, "plain");
                        },
                        Reason.CLIENT_ID_MISSING),
                Provocation.before(
                        "no-guid",
                        scene -> scene.tenant().serviceAccount(ACCOUNT, "orders-identity"),
                        Reason.CLIENT_ID_INVALID),
                Provocation.before(
                        "guid-and-line-break",
                        scene -> scene.tenant()
                                .serviceAccount(ACCOUNT, scene.workload().clientId() + "\\r\\n"),
                        Reason.CLIENT_ID_INVALID),
                Provocation.before("other-tenant", Provocations::annotateAnotherTenant, Reason.IDENTITY_MISMATCH),
                Provocation.before(
                        "operators-own",
                        scene -> scene.tenant()
                                .serviceAccount(ACCOUNT, scene.platform().operatorClientId()),
                        Reason.OPERATOR_IDENTITY),
                Provocation.of(
                        "entra-takes-long",
                        scene -> {
                            scene.entra(Actions.slow(LONGER_THAN_A_REPORT_WAITS));
                            scene.tenant().registered().bind(BINDING, ACCOUNT, "verification: {timeoutSeconds: 30}");
                        },
                        Reason.RESOLVING_IDENTITY),
                byIdentityBinding("not-authorized", scene -> {}, Reason.IDENTITY_BINDING_NOT_AUTHORIZED),
                byIdentityBinding(
                        "not-bound",
                        scene -> scene.tenant().authorizeIdentityBinding(scene.workload(), ACCOUNT),
                        Reason.IDENTITY_BINDING_MISSING),
                byIdentityBinding(
                        "token-proxy-400",
                        scene -> {
                            scene.tenant().authorizeIdentityBinding(scene.workload(), ACCOUNT);
                            scene.tokenProxy(Actions.bare(400, Map.of()));
                        },
                        Reason.TOKEN_PROXY_REFUSED),
                byIdentityBinding(
                        "token-proxy-503",
                        scene -> scene.tokenProxy(Actions.bare(503, Map.of())),
                        Reason.TOKEN_PROXY_UNREACHABLE));
    }

    private static Provocation byIdentityBinding(String name, Consumer<Scene> fault, Reason reason) {
        return Provocation.of(
                name,
                fault.andThen(
                        scene -> scene.tenant().registered().bind(BINDING, ACCOUNT, "federation: IdentityBinding")),
                reason);
    }

    private static void annotateAnotherTenant(Scene scene) {
        scene.platform().apply("""
                apiVersion: v1
                kind: ServiceAccount
                metadata:
                  name: %s
                  namespace: %s
                  annotations:
                    azure.workload.identity/client-id: %s
                    azure.workload.identity/tenant-id: 99999999-aaaa-4bbb-8ccc-dddddddddddd
                """.formatted(
                        ACCOUNT, scene.tenant().name(), scene.workload().clientId()));
    }

    private static final String READER = "{profiles: [{name: reader, accessString: '+@read ~{namespace}:*'}]}";

    private static List<Provocation> profiles() {
        return List.of(
                profile("profile", READER, scene -> {}, Reason.LEAST_PRIVILEGE_VERIFIED),
                profile(
                        "no-such-profile",
                        "{profiles: [{name: writer, accessString: '+@write ~a'}]}",
                        scene -> {},
                        Reason.ACCESS_PROFILE_NOT_FOUND),
                profile(
                        "profile-of-others",
                        "{profiles: [{name: reader, accessString: '+@read ~a', allowedNamespaces: {names: [other]}}]}",
                        scene -> {},
                        Reason.ACCESS_PROFILE_NOT_ALLOWED),
                profile(
                        "invalid-profile",
                        "{profiles: [{name: reader, accessString: '+@raed ~a'}]}",
                        scene -> {},
                        Reason.ACCESS_PROFILE_INVALID),
                profile(
                        "unknown-command",
                        "{profiles: [{name: reader, accessString: '+nosuchcommand ~a'}]}",
                        scene -> {},
                        Reason.ACCESS_STRING_INVALID),
                Provocation.of(
                        "full-access-forbidden",
                        scene -> scene.tenant()
                                .registeredWithAccess("{full: Forbidden}")
                                .bind(BINDING, ACCOUNT, SHORT_CHECK),
                        Reason.FULL_ACCESS_FORBIDDEN),
                Provocation.of(
                        "profile-conflict",
                        scene -> {
                            // Of two in the same second, the name decides.
                            bindReader(scene, READER, "a-first").awaitReady();
                            scene.tenant().bind(BINDING, ACCOUNT, SHORT_CHECK);
                        },
                        Reason.ACCESS_PROFILE_CONFLICT),
                profile(
                        "preview-refused",
                        READER,
                        scene -> scene.arm(
                                "PUT",
                                "/databases/default/accessPolicyAssignments",
                                Actions.error(400, "InvalidApiVersionParameter", "The api-version is invalid."),
                                0),
                        Reason.PREVIEW_API_REFUSED),
                profile(
                        "modules",
                        READER,
                        scene -> scene.arm("GET", "/databases/default$", Actions.body("""
                                {"properties": {"port": 10000, "clientProtocol": "Encrypted", "clusteringPolicy": "NoCluster",
                                 "provisioningState": "Succeeded", "resourceState": "Running",
                                 "modules": [{"name": "RediSearch", "version": "2.8"}]}}
                                """), 0),
                        Reason.MODULES_PREVENT_ACCESS_STRINGS),
                profile(
                        "access-on-its-way",
                        READER,
                        scene -> scene.redis(new RedisFault.DenyCommands(List.of("exists"))),
                        Reason.ACCESS_STRING_PROPAGATING),
                profile(
                        "allowed-command-denied",
                        READER,
                        scene -> {
                            adoptReader(scene);
                            scene.redis(new RedisFault.DenyCommands(List.of("exists")));
                        },
                        Reason.ALLOWED_COMMAND_DENIED),
                Provocation.of(
                        "denied-command-allowed", Provocations::allowMoreThanAzureSays, Reason.DENIED_COMMAND_ALLOWED),
                Provocation.of(
                        "access-string-changed", Provocations::changeAccessString, Reason.ACCESS_STRING_DRIFTED));
    }

    private static Provocation profile(String name, String access, Consumer<Scene> before, Reason reason) {
        return Provocation.of(
                name,
                scene -> {
                    before.accept(scene);
                    bindReader(scene, access, BINDING);
                },
                reason);
    }

    private static BindingView bindReader(Scene scene, String access, String binding) {
        return scene.tenant()
                .registeredWithAccess(access)
                .bind(binding, ACCOUNT, "accessProfile: reader\n" + SHORT_CHECK);
    }

    private static void adoptReader(Scene scene) {
        scene.tenant()
                .assignedByOthers(
                        "by-hand",
                        scene.workload().objectId(),
                        Optional.of("+@read ~" + scene.tenant().name() + ":*"));
        scene.keeps(scene.workload().objectId());
    }

    /** After a first binding is Ready: Redis receives the rule of an assignment some moments after Azure has taken it. */
    private static void allowMoreThanAzureSays(Scene scene) {
        adoptReader(scene);
        bindReader(scene, READER, BINDING + "-before").awaitReady();
        scene.tenant().redis().grant(scene.workload().objectId(), "+@all ~*");
        bindReader(scene, READER, BINDING);
    }

    private static void changeAccessString(Scene scene) {
        bindReader(scene, READER, BINDING).awaitReady();
        String objectId = scene.workload().objectId();
        scene.tenant().assignedByOthers(LocalPlatform.assignmentName(objectId), objectId, Optional.of("+@all ~*"));
    }

    private static List<Provocation> verifications() {
        return List.of(
                Provocation.before("no-such-host", scene -> host(scene, DnsOfTests.NOWHERE), Reason.HOST_NOT_FOUND),
                Provocation.before("silent-dns", scene -> host(scene, DnsOfTests.SILENCE), Reason.DNS_TIMEOUT),
                Provocation.of(
                        "redis-takes-long",
                        scene -> {
                            scene.redis(new RedisFault.IgnoreCommands(List.of("ping")));
                            scene.tenant().registered().bind(BINDING, ACCOUNT, "verification: {timeoutSeconds: 15}");
                        },
                        Reason.VERIFYING),
                Provocation.before(
                        "redis-noauth",
                        scene -> scene.redis(new RedisFault.AnswerCommands(
                                List.of("hello", "auth"), "-NOAUTH Authentication required.")),
                        Reason.INTERNAL_ERROR),
                Provocation.before(
                        "adopted-and-refused",
                        scene -> {
                            String objectId = scene.workload().objectId();
                            scene.tenant().assignedByOthers(objectId, objectId, Optional.empty());
                            scene.redis(new RedisFault.RefuseEveryLogin());
                        },
                        Reason.NOT_AUTHORIZED));
    }

    private static void host(Scene scene, String name) {
        scene.platform()
                .azure()
                .state()
                .redis()
                .restore(new Cluster(
                        scene.tenant().cluster(),
                        "West US 2",
                        "Balanced_B0",
                        name,
                        Map.of(),
                        ProvisioningState.Succeeded));
    }

    private static List<Provocation> publishing() {
        return List.of(
                Provocation.before(
                        "other-configmap",
                        scene -> scene.platform()
                                .apply("""
                                apiVersion: v1
                                kind: ConfigMap
                                metadata: {name: %s, namespace: %s}
                                data: {REDIS_HOSTNAME: somewhere}
                                """.formatted(BINDING, scene.tenant().name())),
                        Reason.CONFIG_MAP_NOT_OWNED),
                Provocation.of(
                        "other-secret",
                        scene -> {
                            scene.platform()
                                    .apply("""
                                    apiVersion: v1
                                    kind: Secret
                                    metadata: {name: %s, namespace: %s}
                                    """.formatted(BINDING, scene.tenant().name()));
                            scene.tenant()
                                    .registered()
                                    .bind(BINDING, ACCOUNT, "environment: {serviceBinding: Enabled}");
                        },
                        Reason.SECRET_NOT_OWNED),
                Provocation.of(
                        "other-identity",
                        scene -> {
                            var other = scene.tenant().identity("other");
                            scene.tenant().federate(other, ACCOUNT);
                            scene.tenant()
                                    .registered()
                                    .bind(BINDING, ACCOUNT, "clientId: " + other.clientId() + "\n" + SHORT_CHECK);
                        },
                        Reason.IDENTITY_MISMATCH));
    }

    /** What no provocation causes. */
    static List<Reason> missing(List<Provocation> provocations) {
        return Arrays.stream(Reason.values())
                .filter(reason -> !OF_THE_INSTALLATION.contains(reason))
                .filter(reason ->
                        provocations.stream().noneMatch(each -> each.reasons().contains(reason)))
                .toList();
    }
}
