package dev.redisaccess.operator.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import dev.redisaccess.operator.http.BoundedHttp;
import dev.redisaccess.operator.http.RetryAfter;
import dev.redisaccess.operator.http.TokenProxy;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * The HTTP client of the Azure SDK, over the JDK's and within the limits of {@link BoundedHttp}. azure-core's own adapter
 * (azure-core-http-jdk-httpclient 1.1) limits neither the size of a body nor its duration, and interprets the proxy variables
 * differently.
 */
public final class AzureHttp implements HttpClient {

    /** For one call, from the connection to the last byte. The lane repeats it. */
    static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

    /** A page of assignments is far below this. */
    static final int ARM_BODY = 4 * 1024 * 1024;

    /** A token is below 8 KiB, and the documents of instance discovery below 16 KiB. */
    static final int ENTRA_BODY = 64 * 1024;

    /** Headers that the JDK's client sets itself and does not accept. */
    private static final Set<String> RESTRICTED = Set.of("connection", "content-length", "expect", "host", "upgrade");

    /** Other headers that azure-core treats like Retry-After, in milliseconds and without a limit. */
    private static final Set<String> UNLIMITED_WAITS = Set.of("retry-after-ms", "x-ms-retry-after-ms");

    private final BoundedHttp http;
    private final Locator locator;
    private final Duration timeout;
    private final Clock clock;

    /** Where a request is sent. */
    private interface Locator {
        URI locate(URI requested) throws IOException;
    }

    AzureHttp(java.net.http.HttpClient http, int mostBytes, Duration timeout, Clock clock) {
        this(http, requested -> requested, mostBytes, timeout, clock);
    }

    private AzureHttp(java.net.http.HttpClient http, Locator locator, int mostBytes, Duration timeout, Clock clock) {
        this.http = new BoundedHttp(http, mostBytes);
        this.locator = locator;
        this.timeout = timeout;
        this.clock = clock;
    }

    /** For Azure Resource Manager. */
    public static AzureHttp forArm(java.net.http.HttpClient http, Clock clock) {
        return new AzureHttp(http, ARM_BODY, CALL_TIMEOUT, clock);
    }

    /** For the operator's own credential. */
    public static AzureHttp forEntra(java.net.http.HttpClient http, Clock clock) {
        return new AzureHttp(http, ENTRA_BODY, CALL_TIMEOUT, clock);
    }

    /** For the operator's own credential, where a token proxy exchanges its tokens. */
    public static AzureHttp forEntra(TokenProxy proxy, Clock clock) {
        return new AzureHttp(proxy.http(), proxy::locate, ENTRA_BODY, CALL_TIMEOUT, clock);
    }

    /** The delay that an answer of this client asks for, which {@link #headers} has limited. */
    static Optional<Duration> retryAfter(HttpResponse answer) {
        return Optional.ofNullable(answer.getHeaderValue(HttpHeaderName.RETRY_AFTER))
                .map(Long::valueOf)
                .map(Duration::ofSeconds);
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        return Mono.fromCallable(() -> sendSync(request, Context.NONE));
    }

    @Override
    public HttpResponse sendSync(HttpRequest request, Context context) {
        try {
            var answer = http.send(translated(request), timeout);
            return new BufferedResponse(
                    request, answer.statusCode(), headers(answer.headers().map()), answer.body());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException("The call was interrupted"));
        } catch (IOException unanswered) {
            throw new UncheckedIOException(unanswered);
        }
    }

    private java.net.http.HttpRequest translated(HttpRequest request) throws IOException {
        var translated = java.net.http.HttpRequest.newBuilder(
                        locator.locate(URI.create(request.getUrl().toString())))
                .version(java.net.http.HttpClient.Version.HTTP_1_1)
                .timeout(timeout)
                .method(request.getHttpMethod().toString(), body(request));
        request.getHeaders().stream()
                .filter(header -> !RESTRICTED.contains(header.getName().toLowerCase(Locale.ROOT)))
                .forEach(header -> header.getValuesList().forEach(value -> translated.header(header.getName(), value)));
        return translated.build();
    }

    private static java.net.http.HttpRequest.BodyPublisher body(HttpRequest request) {
        return Optional.ofNullable(request.getBodyAsBinaryData())
                .map(BinaryData::toBytes)
                .map(java.net.http.HttpRequest.BodyPublishers::ofByteArray)
                .orElseGet(java.net.http.HttpRequest.BodyPublishers::noBody);
    }

    /** Retry-After becomes a limited number of seconds before azure-core and MSAL read it. */
    private HttpHeaders headers(Map<String, List<String>> answered) {
        HttpHeaders headers = new HttpHeaders();
        answered.forEach((name, values) -> {
            if (!UNLIMITED_WAITS.contains(name.toLowerCase(Locale.ROOT))) {
                headers.set(HttpHeaderName.fromString(name), values);
            }
        });
        Optional<String> asked = Optional.ofNullable(headers.getValue(HttpHeaderName.RETRY_AFTER));
        headers.remove(HttpHeaderName.RETRY_AFTER);
        asked.flatMap(header -> RetryAfter.parse(header, clock.instant()))
                .ifPresent(wait -> headers.set(HttpHeaderName.RETRY_AFTER, String.valueOf(wait.toSeconds())));
        return headers;
    }
}
