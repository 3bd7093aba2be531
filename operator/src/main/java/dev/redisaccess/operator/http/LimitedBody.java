package dev.redisaccess.operator.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Collects a body up to a number of bytes, and cancels the exchange when more are announced or arrive. */
final class LimitedBody implements BodySubscriber<byte[]> {

    private final int mostBytes;
    private final long announced;
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private Flow.Subscription subscription;

    /**
     * @param mostBytes the limit
     * @param announced the {@code Content-Length}; negative where there is none
     */
    LimitedBody(int mostBytes, long announced) {
        this.mostBytes = mostBytes;
        this.announced = announced;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription started) {
        subscription = started;
        if (announced > mostBytes) {
            refuse();
        } else {
            started.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (collected.size() + buffer.remaining() > mostBytes) {
                refuse();
                return;
            }
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            collected.writeBytes(bytes);
        }
        subscription.request(1);
    }

    @Override
    public void onError(Throwable broken) {
        body.completeExceptionally(broken);
    }

    @Override
    public void onComplete() {
        body.complete(collected.toByteArray());
    }

    private void refuse() {
        body.completeExceptionally(new BodyTooLarge("larger than " + mostBytes + " bytes"));
        subscription.cancel();
    }
}
