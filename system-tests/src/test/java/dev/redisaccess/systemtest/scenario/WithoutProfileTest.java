package dev.redisaccess.systemtest.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.emulator.http.RequestLog;
import dev.redisaccess.emulator.state.Principal.ManagedIdentity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A binding that names no access profile costs what it costs where there are no profiles: not one call more. */
class WithoutProfileTest {

    @RegisterExtension
    static final LocalPlatform PLATFORM = new LocalPlatform();

    private static final String PROFILES =
            "{full: Allowed, profiles: [{name: reader, accessString: '+@read ~{namespace}:*'},"
                    + " {name: writer, accessString: '+@all -@dangerous ~{namespace}:*'}]}";

    /** At rest, until the binding is deleted. */
    private static final int RESYNCS = 3;

    private static final String OBSERVER = "observer";

    /** The operator's own token for ARM is renewed by the clock. */
    private static final String OWN_TOKENS = "azure-identity";

    /** What clients send in a session. The emulator itself changes users, and older servers count that with WHOAMI. */
    private static final Set<String> COMMANDS = Set.of(
            "auth", "hello", "ping", "acl|whoami", "exists", "setrange", "get", "set", "type", "client", "cluster");

    private static final Pattern STATISTICS = Pattern.compile("cmdstat_([^:]+):calls=(\\d+),.*?rejected_calls=(\\d+)");

    /** On a loaded machine a status may be written that says that something takes long. */
    private static final int ATTEMPTS = 3;

    /**
     * The calls of one story, by what they are.
     *
     * @param azure to ARM; of readings and of polls, which are due by the clock, that there were any
     * @param entra exchanges of tokens
     * @param redis commands
     * @param kubernetes writes, and requests for tokens
     */
    private record Calls(
            Map<String, Long> azure, Map<String, Long> entra, Map<String, Long> redis, Map<String, Long> kubernetes) {

        /** What the machine did not add. */
        static Calls least(Optional<Calls> before, Calls now) {
            return before.map(one -> new Calls(
                            least(one.azure, now.azure),
                            least(one.entra, now.entra),
                            least(one.redis, now.redis),
                            least(one.kubernetes, now.kubernetes)))
                    .orElse(now);
        }

        private static Map<String, Long> least(Map<String, Long> one, Map<String, Long> other) {
            Map<String, Long> least = new TreeMap<>();
            one.forEach((what, count) -> {
                if (other.containsKey(what)) {
                    least.put(what, Math.min(count, other.get(what)));
                }
            });
            return least;
        }
    }

    @Test
    void profilesOfTheDatabaseCostABindingWithoutOneNothing() {
        Calls plain = null;
        Calls offered = null;
        for (int attempt = 0; attempt < ATTEMPTS && (plain == null || !plain.equals(offered)); attempt++) {
            plain = Calls.least(
                    Optional.ofNullable(plain),
                    story(PLATFORM.tenant("plain-" + attempt).withDatabase().registered()));
            offered = Calls.least(
                    Optional.ofNullable(offered),
                    story(PLATFORM.tenant("offered-" + attempt).withDatabase().registeredWithAccess(PROFILES)));
        }
        assertThat(offered).isEqualTo(plain);
        // Had nothing been counted, both would be equal also.
        assertThat(writes(plain)).containsExactly("DELETE 1", "PUT 1");
        assertThat(plain.entra()).as("its identification, and its verification").isEqualTo(Map.of("POST", 2L));
        assertThat(plain.redis())
                .as("its login, and the observer's")
                .containsEntry("hello", 2L)
                .containsKey("ping")
                .doesNotContainKeys("exists", "setrange");
        assertThat(plain.kubernetes())
                .containsEntry("POST serviceaccounts/token", 2L)
                .containsEntry("POST configmaps", 1L)
                .containsKey("PATCH redisaccessbindings/status");
    }

    /** A binding is created, becomes Ready, rests for some resyncs, and is deleted. */
    private static Calls story(Tenant tenant) {
        ManagedIdentity observer = tenant.workload(OBSERVER);
        tenant.assignedByOthers(OBSERVER, observer.objectId(), Optional.empty());
        tenant.workload("orders");
        BindingView.patiently("the database resolved")
                .until(() -> tenant.registration().get().getStatus() != null
                        && tenant.registration().get().getStatus().endpoint() != null);
        PLATFORM.traffic().forget();
        PLATFORM.azure().requestLog().clear();

        BindingView binding = tenant.bind("cache", "orders");
        binding.awaitReady();
        long before = resyncs(tenant);
        BindingView.patiently("a rest").until(() -> resyncs(tenant) >= before + RESYNCS);
        binding.delete();
        binding.awaitGone();

        Map<String, Long> azure = counted(tenant.armRequests().stream()
                .map(request -> request.method() + " " + kind(request) + " "
                        + request.client().apiVersion()));
        azure.replaceAll((what, count) -> what.startsWith("GET") ? 1L : count);
        return new Calls(
                azure,
                counted(PLATFORM.azure().requestLog().entries().stream()
                        .filter(request -> request.service().equals("entra")
                                && request.method().equals("POST"))
                        .filter(request -> !request.client().userAgent().contains(OWN_TOKENS))
                        .map(RequestLog.Entry::method)),
                commands(tenant, observer),
                counted(PLATFORM.traffic().calls().stream()
                        .filter(call -> call.concerns(tenant.name()) && (call.isWrite() || call.isTokenRequest()))
                        .map(call -> call.method() + " " + kind(call))));
    }

    private static List<String> writes(Calls calls) {
        return calls.azure().entrySet().stream()
                .filter(call -> !call.getKey().startsWith("GET"))
                .map(call -> call.getKey().split(" ", 2)[0] + " " + call.getValue())
                .toList();
    }

    private static String kind(RequestLog.Entry request) {
        String path = request.path();
        return path.contains("/accessPolicyAssignments/")
                ? "assignment"
                : isList(request) ? "assignments" : path.contains("/databases/") ? "database" : "cluster";
    }

    private static boolean isList(RequestLog.Entry request) {
        return request.path().endsWith("/accessPolicyAssignments");
    }

    private static long resyncs(Tenant tenant) {
        return tenant.armRequests().stream().filter(WithoutProfileTest::isList).count();
    }

    /** The resource and what is below the object: names differ. */
    private static String kind(KubernetesTraffic.Call call) {
        String[] path = call.path().replaceFirst(".*/namespaces/[^/]+/", "").split("/");
        return path[0] + (path.length > 2 ? "/" + path[2] : "");
    }

    /** As Redis counts them, with those of the observer. */
    private static Map<String, Long> commands(Tenant tenant, ManagedIdentity observer) {
        try (WorkloadConnection connection = WorkloadConnection.of(PLATFORM, tenant, observer, OBSERVER)) {
            return STATISTICS
                    .matcher(connection.redis().info("commandstats"))
                    .results()
                    .filter(found -> COMMANDS.contains(found.group(1))
                            || COMMANDS.contains(found.group(1).split("\\|")[0]))
                    .collect(Collectors.toMap(
                            found -> found.group(1),
                            found -> Long.parseLong(found.group(2)) + Long.parseLong(found.group(3)),
                            Long::sum,
                            TreeMap::new));
        }
    }

    private static Map<String, Long> counted(Stream<String> calls) {
        return calls.collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }
}
