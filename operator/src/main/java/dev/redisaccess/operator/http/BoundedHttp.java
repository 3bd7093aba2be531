package dev.redisaccess.operator.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends a request and reads its answer within two limits: a number of bytes, and one deadline for the whole exchange. The
 * timeout of a JDK request ends with the headers of the answer, so a server that sends one byte a second would occupy a thread
 * without end. Redirects are not followed: a request with its token is meant for one server. Safe for use by many threads.
 */
public final class BoundedHttp {

    /** Levels of JSON: no answer of Azure or Entra has more than a dozen. */
    private static final int MOST_LEVELS = 64;

    private final HttpClient http;
    private final int mostBytes;

    /**
     * @param http must not follow redirects
     * @param mostBytes the largest body that is read, also of an error
     */
    public BoundedHttp(HttpClient http, int mostBytes) {
        if (http.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException("The HTTP client must not follow redirects");
        }
        this.http = http;
        this.mostBytes = mostBytes;
    }

    /**
     * Blocks until the whole answer is read.
     *
     * @param timeout for the whole exchange
     * @throws BodyTooLarge if the body exceeds the limit, or is nested too deep
     * @throws HttpTimeoutException if the answer is not complete in time
     * @throws IOException if there is no answer
     */
    public HttpResponse<byte[]> send(HttpRequest request, Duration timeout) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request, this::limited);
        try {
            return shallow(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException late) {
            answer.cancel(true);
            throw new HttpTimeoutException("The answer was not complete within " + timeout.toMillis() + " ms");
        } catch (InterruptedException stopped) {
            answer.cancel(true);
            throw stopped;
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException broken ? broken : new IOException(failed.getCause());
        }
    }

    private static HttpResponse<byte[]> shallow(HttpResponse<byte[]> answer) throws BodyTooLarge {
        if (isTooDeep(answer.body())) {
            throw new BodyTooLarge("nested deeper than " + MOST_LEVELS + " levels");
        }
        return answer;
    }

    /**
     * Measured before the text is parsed: azure-core-management (1.19) reads the details of an error recursively and copies each
     * level, so that half a megabyte of brackets takes all memory.
     */
    private static boolean isTooDeep(byte[] json) {
        int levels = 0;
        boolean inText = false;
        for (int i = 0; i < json.length; i++) {
            switch (json[i]) {
                case '\\' -> i += inText ? 1 : 0;
                case '"' -> inText = !inText;
                case '[', '{' -> levels += inText ? 0 : 1;
                case ']', '}' -> levels -= inText ? 0 : 1;
                default -> {}
            }
            if (levels > MOST_LEVELS) {
                return true;
            }
        }
        return false;
    }

    private LimitedBody limited(HttpResponse.ResponseInfo answer) {
        // As text: a length that is not a number must not cause an exception of another type.
        long announced = answer.headers()
                .firstValue("Content-Length")
                .filter(length -> length.matches("\\d{1,18}"))
                .map(Long::parseLong)
                .orElse(-1L);
        return new LimitedBody(mostBytes, announced);
    }
}
