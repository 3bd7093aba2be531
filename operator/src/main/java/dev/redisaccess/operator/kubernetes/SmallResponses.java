package dev.redisaccess.operator.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reduces the answers of the API server to what the operator reads of the kinds that it watches. Of ServiceAccounts and
 * namespaces only metadata is requested, and each answer passes a {@link JsonFilter} piece by piece before the client collects
 * it. An event of a watch is one text message and is not filtered here: it has one object, of which the informers keep as
 * little.
 */
public final class SmallResponses implements Interceptor {

    private static final Logger LOG = LoggerFactory.getLogger(SmallResponses.class);

    private static final String OBJECT =
            "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";
    private static final String LIST =
            "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        watched(request)
                .filter(WatchedKind.Request::metadataOnly)
                .filter(watched -> request.method() == null || request.method().equals("GET"))
                .ifPresent(watched -> builder.setHeader("Accept", isWatch(request) ? OBJECT : LIST));
    }

    @Override
    public AsyncBody.Consumer<List<ByteBuffer>> consumer(
            AsyncBody.Consumer<List<ByteBuffer>> reader, HttpRequest request) {
        return watched(request)
                .filter(watched -> !isWatch(request))
                .<AsyncBody.Consumer<List<ByteBuffer>>>map(watched -> new Filtered(watched, reader))
                .orElse(reader);
    }

    private static Optional<WatchedKind.Request> watched(HttpRequest request) {
        return WatchedKind.request(request.uri().getPath());
    }

    private static boolean isWatch(HttpRequest request) {
        String query = request.uri().getQuery();
        return query != null && List.of(query.split("&")).contains("watch=true");
    }

    private static final class Filtered implements AsyncBody.Consumer<List<ByteBuffer>> {

        private final AsyncBody.Consumer<List<ByteBuffer>> reader;
        private final JsonFilter filter;

        Filtered(WatchedKind.Request watched, AsyncBody.Consumer<List<ByteBuffer>> reader) {
            this.reader = reader;
            this.filter = new JsonFilter(
                    watched.kept(),
                    () -> LOG.warn(
                            "One of the {} is ignored: the fields that the operator reads have more than {} bytes",
                            watched.kind().plural(),
                            watched.kept().element().objectBytes()));
        }

        @Override
        public void consume(List<ByteBuffer> pieces, AsyncBody body) throws Exception {
            ByteBuffer kept = filtered(pieces);
            if (kept.hasRemaining()) {
                reader.consume(List.of(kept), body);
            } else {
                body.consume();
            }
        }

        private ByteBuffer filtered(List<ByteBuffer> pieces) throws IOException {
            if (pieces.size() == 1) {
                return filter.next(pieces.get(0));
            }
            RewindableBytes all = new RewindableBytes();
            for (ByteBuffer piece : pieces) {
                ByteBuffer kept = filter.next(piece);
                while (kept.hasRemaining()) {
                    all.write(kept.get());
                }
            }
            return all.take(all.size());
        }
    }
}
