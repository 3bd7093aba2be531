package dev.redisaccess.systemtest.faults;

import dev.redisaccess.emulator.fault.FaultAction;
import dev.redisaccess.emulator.fault.FaultRule;
import dev.redisaccess.emulator.fault.Service;
import dev.redisaccess.emulator.http.RequestLog;
import dev.redisaccess.emulator.redis.RedisFault;
import dev.redisaccess.emulator.state.Principal.ManagedIdentity;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.systemtest.scenario.LocalPlatform;
import dev.redisaccess.systemtest.scenario.Tenant;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** What a fault may change: one tenant's part of Azure and Kubernetes. It registers how each change is undone. */
final class Scene {

    /** Requests that only read. */
    static final String READS = "GET";

    /** Requests that change something. */
    static final String WRITES = "PUT|DELETE";

    private final LocalPlatform platform;
    private final Tenant tenant;
    private final ManagedIdentity workload;
    private final Instant began = Instant.now();
    private final Set<String> others = ConcurrentHashMap.newKeySet();
    private final Deque<Runnable> undo = new ArrayDeque<>();

    /**
     * @param workload whose token is requested while the fault lasts
     */
    Scene(LocalPlatform platform, Tenant tenant, ManagedIdentity workload) {
        this.platform = platform;
        this.tenant = tenant;
        this.workload = workload;
    }

    LocalPlatform platform() {
        return platform;
    }

    Tenant tenant() {
        return tenant;
    }

    ManagedIdentity workload() {
        return workload;
    }

    /** Every request about the database and its cluster. */
    void arm(FaultAction action) {
        arm(".*", "", action, 0, 0);
    }

    /** Requests of these methods. */
    void arm(String methods, FaultAction action) {
        arm(methods, "", action, 0, 0);
    }

    /**
     * The same.
     *
     * @param below a regular expression for what follows the cluster's path; empty: anything
     * @param times how many are hit; 0: all
     */
    void arm(String methods, String below, FaultAction action, int times) {
        arm(methods, below, action, 0, times);
    }

    /**
     * The same.
     *
     * @param skip how many of them are passed first
     */
    void arm(String methods, String below, FaultAction action, int skip, int times) {
        String path = "/redisEnterprise/" + tenant.name() + (below.isEmpty() ? "(/|$)" : below);
        rule(new FaultRule(Service.ARM, methods, path, "", skip, times, action));
    }

    /** Every token request of the workload. */
    void entra(FaultAction action) {
        entra(action, 0);
    }

    /** The next of them. */
    void entra(FaultAction action, int times) {
        rule(new FaultRule(Service.ENTRA, "POST", "/token$", workload.clientId(), 0, times, action));
    }

    /** Every request of the workload to the token proxy. */
    void tokenProxy(FaultAction action) {
        tokenProxy(action, 0);
    }

    /** The next of them. */
    void tokenProxy(FaultAction action, int times) {
        rule(new FaultRule(Service.TOKEN_PROXY, "POST", "/token$", workload.clientId(), 0, times, action));
    }

    void redis(RedisFault fault) {
        tenant.redis().fault(fault);
        undo(() -> tenant.redis().clearFaults());
    }

    /**
     * Requests of the operator to Kubernetes in the tenant's namespace.
     *
     * @param what a regular expression for method, space, and the path below the namespace
     * @param times how many are hit
     */
    void kubernetes(String what, int status, int times) {
        String below = "/namespaces/" + tenant.name() + "/";
        undo(platform.kubernetesFaults()
                .refuse(
                        call -> call.agent().equals(LocalPlatform.AGENT)
                                && call.path().contains(below)
                                && (call.method() + " "
                                                + call.path()
                                                        .substring(call.path().indexOf(below) + below.length()))
                                        .matches(what),
                        status,
                        times));
    }

    private void rule(FaultRule rule) {
        int id = platform.azure().faults().add(rule);
        undo(() -> platform.azure().faults().remove(id));
    }

    /**
     * Writes the binding's status, as a user with that right in the namespace can: now, or as soon as there is a binding.
     *
     * @param patch the merge patch for a binding
     */
    void writeStatus(Function<RedisAccessBinding, String> patch) {
        var written = new StatusForgery(platform.client(), tenant.name(), patch);
        if (!written.tryNow()) {
            written.start();
            undo(written::await);
        }
    }

    /** Access of another owner, which must exist in the end. */
    void keeps(String objectId) {
        others.add(objectId);
    }

    Set<String> others() {
        return Set.copyOf(others);
    }

    /** Requests of the operator since the fault began that change something, by method. */
    List<String> armWrites() {
        return tenant.armWrites().stream()
                .filter(entry -> entry.time().isAfter(began))
                .map(RequestLog.Entry::method)
                .toList();
    }

    /** What ends the fault; the last one first. */
    void undo(Runnable action) {
        undo.push(action);
    }

    /** Ends the fault, once. */
    void heal() {
        while (!undo.isEmpty()) {
            undo.pop().run();
        }
    }
}
