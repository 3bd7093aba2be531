package dev.redisaccess.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The API without its transport: requests in, responses and watch events out. All requests and all events are serialised by
 * one lock, so a watch misses nothing between its list and its first event.
 */
final class KubernetesApi {
    private static final Logger LOG = LoggerFactory.getLogger(KubernetesApi.class);
    private static final Set<String> HEALTH = Set.of("/healthz", "/livez", "/readyz");

    private final ReentrantLock lock = new ReentrantLock();
    private final ObjectStore store = new ObjectStore();
    private final KindRegistry kinds = new KindRegistry(store);
    private final Discovery discovery = new Discovery(kinds);
    private final Clock clock;
    private final TokenIssuer tokens;
    private final ResourceRequests resources;

    KubernetesApi(String issuer, Clock clock) {
        this.clock = clock;
        this.tokens = new TokenIssuer(issuer, clock);
        this.resources = new ResourceRequests(store, clock);
        resources.createNamespace("default");
        resources.createNamespace("kube-system");
    }

    /** Never throws: a refusal is also a response. */
    ApiResponse handle(ApiRequest request) {
        lock.lock();
        try {
            return response(request);
        } catch (ApiFailure failure) {
            return ApiResponse.json(failure.code(), failure.status());
        } catch (RuntimeException bug) {
            LOG.error("{} {} fails", request.method(), request.path(), bug);
            ApiFailure failure = ApiFailure.internalError();
            return ApiResponse.json(failure.code(), failure.status());
        } finally {
            lock.unlock();
        }
    }

    private ApiResponse response(ApiRequest request) {
        Optional<ApiResponse> fixed = request.method().equals("GET") ? fixedPath(request.path()) : Optional.empty();
        if (fixed.isPresent()) {
            return fixed.get();
        }
        ApiPath path = ApiPath.parse(request.path()).orElseThrow(ApiFailure::noSuchPath);
        if (path.group().equals("authorization.k8s.io") && request.method().equals("POST")) {
            boolean ofAnother = path.plural().equals("subjectaccessreviews");
            return ApiResponse.json(
                    201,
                    ofAnother ? new AccessReview(store).response(path, request) : SelfReview.response(path, request));
        }
        ResourceKind kind = kinds.find(path).orElseThrow(ApiFailure::noSuchPath);
        if (path.subresource().equals("token") && kind.equals(KindRegistry.SERVICE_ACCOUNT)) {
            return ApiResponse.json(201, token(path, request));
        }
        return resources.response(kind, path, request);
    }

    private Optional<ApiResponse> fixedPath(String path) {
        if (HEALTH.contains(path)) {
            return Optional.of(ApiResponse.text("ok"));
        }
        if (path.equals("/openid/v1/jwks")) {
            return Optional.of(ApiResponse.ok(tokens.keys()));
        }
        if (path.equals("/.well-known/openid-configuration")) {
            return Optional.of(ApiResponse.ok(tokens.configuration("")));
        }
        return discovery.response(path).map(ApiResponse::ok);
    }

    private JsonNode token(ApiPath path, ApiRequest request) {
        ObjectNode account = store.find(KindRegistry.SERVICE_ACCOUNT.key(path.namespace(), path.name()))
                .orElseThrow(() -> ApiFailure.notFound(KindRegistry.SERVICE_ACCOUNT, path.name()));
        return tokens.response(request.object(), account);
    }

    /**
     * Starts a watch. Events are sent one after the other, each one line; sending must not block.
     *
     * @return what ends the watch
     */
    Runnable watch(ApiRequest request, Consumer<String> send) {
        lock.lock();
        try {
            ApiPath path = ApiPath.parse(request.path()).orElseThrow(ApiFailure::noSuchPath);
            ResourceKind kind = kinds.find(path).orElseThrow(ApiFailure::noSuchPath);
            Watch.Form form = request.isTable() ? object -> Tables.ofOne(kind, object, clock) : object -> object;
            Watch watch = new Watch(kind, path.namespace(), path.name(), request.selection(), form);
            if (request.flag("sendInitialEvents")) {
                watch.streamList(store, send);
            } else {
                watch.catchUp(store, request.parameter("resourceVersion"), send);
            }
            Consumer<StoreChange> listener = change -> watch.event(change).ifPresent(send);
            store.listen(listener);
            return () -> store.unlisten(listener);
        } catch (ApiFailure failure) {
            send.accept(Watch.errorLine(failure));
            return () -> {};
        } finally {
            lock.unlock();
        }
    }
}
