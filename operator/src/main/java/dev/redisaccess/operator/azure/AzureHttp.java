package dev.redisaccess.operator.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;

/** The HTTP client for ARM and for the operator's own credential. One for both: each would have a selector thread. */
public final class AzureHttp {

    /** How long one call may take. The lane tries again by itself. */
    static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

    private AzureHttp() {}

    /**
     * @param trust who is trusted, if not just those whom the JVM trusts
     * @param threads where answers are taken apart; nothing blocks there
     */
    public static HttpClient client(Optional<SSLContext> trust, Executor threads) {
        java.net.http.HttpClient.Builder builder = java.net.http.HttpClient.newBuilder()
                .version(java.net.http.HttpClient.Version.HTTP_1_1)
                .executor(threads);
        trust.ifPresent(builder::sslContext);
        return new JdkHttpClientBuilder(builder)
                .connectionTimeout(CALL_TIMEOUT)
                .responseTimeout(CALL_TIMEOUT)
                .readTimeout(CALL_TIMEOUT)
                .writeTimeout(CALL_TIMEOUT)
                .build();
    }
}
