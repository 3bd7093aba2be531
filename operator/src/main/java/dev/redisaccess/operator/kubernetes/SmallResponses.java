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
 * Lets through only what the operator reads of the kinds that it watches. Of ServiceAccounts and namespaces it asks for
 * metadata only; and each answer of the API server goes through a {@link JsonFilter} piece by piece, before the client
 * collects it. An event of a watch comes as one text message and is not filtered here: it holds one object, and the informers
 * keep as little of it.
 */
public final class SmallResponses implements Interceptor {

    private static final Logger LOG = LoggerFactory.getLogger(SmallResponses.class);

    private static final String OBJECT =
            "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";
    private static final String LIST =
            "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        asked(request)
                .filter(WatchedKind.Asked::metadataOnly)
                .filter(asked -> request.method() == null || request.method().equals("GET"))
                .ifPresent(asked -> builder.setHeader("Accept", watch(request) ? OBJECT : LIST));
    }

    @Override
    public AsyncBody.Consumer<List<ByteBuffer>> consumer(
            AsyncBody.Consumer<List<ByteBuffer>> reader, HttpRequest request) {
        return asked(request)
                .filter(asked -> !watch(request))
                .<AsyncBody.Consumer<List<ByteBuffer>>>map(asked -> new Filtered(asked, reader))
                .orElse(reader);
    }

    private static Optional<WatchedKind.Asked> asked(HttpRequest request) {
        return WatchedKind.in(request.uri().getPath());
    }

    private static boolean watch(HttpRequest request) {
        String query = request.uri().getQuery();
        return query != null && List.of(query.split("&")).contains("watch=true");
    }

    private static final class Filtered implements AsyncBody.Consumer<List<ByteBuffer>> {

        private final AsyncBody.Consumer<List<ByteBuffer>> reader;
        private final JsonFilter filter;

        Filtered(WatchedKind.Asked asked, AsyncBody.Consumer<List<ByteBuffer>> reader) {
            this.reader = reader;
            this.filter = new JsonFilter(
                    asked.kept(),
                    () -> LOG.warn(
                            "One of the {} is left out: its metadata, or what else the operator reads of it, has more than"
                                    + " {} bytes",
                            asked.kind().plural(),
                            asked.kept().element().objectBytes()));
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
