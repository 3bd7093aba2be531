package dev.redisaccess.quickstart.scenario;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What the operator asks of Kubernetes, as its own client sends it. The Lease, which is renewed all the time, is left out. */
final class KubernetesTraffic implements Interceptor {

    /** One request. */
    record Call(String method, String path) {
        boolean isTokenRequest() {
            return path.endsWith("/token");
        }

        boolean isWrite() {
            return !method.equals("GET") && !isTokenRequest();
        }

        boolean isStatusWrite() {
            return isWrite() && path.endsWith("/status");
        }

        /** Whether it is about this object, or tells an Event in its namespace. */
        boolean concerns(String namespace) {
            return path.contains("/namespaces/" + namespace + "/");
        }
    }

    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        String path = request.uri().getPath();
        if (!path.contains("/leases")) {
            calls.add(new Call(request.method(), path));
        }
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }

    List<Call> writes() {
        return calls.stream().filter(Call::isWrite).toList();
    }

    void forget() {
        calls.clear();
    }
}
