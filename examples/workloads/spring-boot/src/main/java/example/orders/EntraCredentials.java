package example.orders;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The user is the identity's object ID, the password a token. Lettuce sends each renewed token on the open connections with
 * AUTH: Azure closes a connection whose token has expired.
 */
final class EntraCredentials implements RedisCredentialsProvider {
    private static final Logger LOG = LoggerFactory.getLogger(EntraCredentials.class);
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    private final TokenCredential credential;
    private final String user;
    private final TokenRequestContext request;
    private final ScheduledExecutorService timer;
    private final Sinks.Many<RedisCredentials> renewals = Sinks.many().replay().latest();
    private String token = "";

    EntraCredentials(TokenCredential credential, String user, String scope, ScheduledExecutorService timer) {
        this.credential = credential;
        this.user = user;
        this.request = new TokenRequestContext().addScopes(scope);
        this.timer = timer;
    }

    /**
     * Gets the first token. Must be called before anything connects: Lettuce's timeouts do not cover credentials.
     *
     * @throws RuntimeException if no token is available
     */
    void start() {
        publish(credential.getTokenSync(request));
    }

    private void renew() {
        try {
            publish(credential.getTokenSync(request));
        } catch (RuntimeException e) {
            LOG.warn("No renewed token: {}. Trying again in 5 s.", e.getClass().getSimpleName());
            timer.schedule(this::renew, AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Renews after half of the remaining lifetime; azure-identity returns its cached token until shortly before expiry. */
    private void publish(AccessToken renewed) {
        if (!renewed.getToken().equals(token)) {
            token = renewed.getToken();
            renewals.tryEmitNext(RedisCredentials.just(user, token));
            LOG.info("Token valid until {}.", renewed.getExpiresAt());
        }
        Duration half =
                Duration.between(OffsetDateTime.now(), renewed.getExpiresAt()).dividedBy(2);
        Duration wait = half.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : half;
        timer.schedule(this::renew, wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Mono<RedisCredentials> resolveCredentials() {
        return renewals.asFlux().next();
    }

    @Override
    public boolean supportsStreaming() {
        return true;
    }

    @Override
    public Flux<RedisCredentials> credentials() {
        return renewals.asFlux();
    }
}
