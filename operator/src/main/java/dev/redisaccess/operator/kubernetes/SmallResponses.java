package dev.redisaccess.operator.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reduces the answers of the API server to what the operator reads of the kinds that it watches. Of ServiceAccounts and
 * namespaces only metadata is requested, and each answer passes a {@link JsonFilter} piece by piece before the client collects
 * it. Answers of more than 128 KiB arrive compressed to a tenth: the image's compiler has no instructions for AES, so decryption
 * was a third of the CPU of a start among many objects. An event of a watch is one text message and is not filtered here: it has one object, of which the informers keep as
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
        Optional<WatchedKind.Request> read = watched(request)
                .filter(watched -> request.method() == null || request.method().equals("GET"));
        read.filter(WatchedKind.Request::metadataOnly)
                .ifPresent(watched -> builder.setHeader("Accept", isWatch(request) ? OBJECT : LIST));
        read.filter(watched -> !isWatch(request)).ifPresent(watched -> builder.setHeader("Accept-Encoding", "gzip"));
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
        private final GzipExpansion answer = new GzipExpansion(this::filter);
        private List<ByteBuffer> kept = List.of();

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
            kept = new ArrayList<>();
            for (ByteBuffer piece : pieces) {
                answer.next(piece);
            }
            if (kept.isEmpty()) {
                body.consume();
            } else {
                reader.consume(kept, body);
            }
        }

        private void filter(ByteBuffer piece) throws IOException {
            ByteBuffer complete = filter.next(piece);
            if (complete.hasRemaining()) {
                kept.add(complete);
            }
        }
    }
}
