package dev.redisaccess.systemtest.scenario;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/**
 * The operator's requests to Kubernetes, as its own client sends them, without those for the Lease, which is renewed
 * all the time.
 */
public final class KubernetesTraffic implements Interceptor {

    /** One request. */
    public record Call(String method, String path) {
        public boolean isTokenRequest() {
            return path.endsWith("/token");
        }

        /** Reviews change nothing, though they are posted. */
        public boolean isWrite() {
            return !method.equals("GET") && !isTokenRequest() && !path.contains("/authorization.k8s.io/");
        }

        /** Whether it is about this object, or writes an Event in its namespace. */
        public boolean concerns(String namespace) {
            return path.contains("/namespaces/" + namespace + "/");
        }
    }

    /** Actions just before a call is sent. */
    private record Hook(Predicate<Call> which, Runnable action) {}

    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private final Queue<Hook> hooks = new ConcurrentLinkedQueue<>();

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        String path = request.uri().getPath();
        if (!path.contains("/leases")) {
            Call call = new Call(request.method(), path);
            calls.add(call);
            // Taken out first: each is for one call, however many are sent at once.
            hooks.stream()
                    .filter(hook -> hook.which().test(call) && hooks.remove(hook))
                    .forEach(hook -> hook.action().run());
        }
    }

    /** Does something just before the next such call is sent, once. */
    void beforeNext(Predicate<Call> which, Runnable action) {
        hooks.add(new Hook(which, action));
    }

    public List<Call> calls() {
        return List.copyOf(calls);
    }

    public List<Call> writes() {
        return calls.stream().filter(Call::isWrite).toList();
    }

    void forget() {
        calls.clear();
    }
}
