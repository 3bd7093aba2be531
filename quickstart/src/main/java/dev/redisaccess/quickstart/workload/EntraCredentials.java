package dev.redisaccess.quickstart.workload;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Redis credentials from an Entra token, renewed when half of the token's life is over. Lettuce subscribes and sends AUTH
 * on the open connection for each renewal.
 */
final class EntraCredentials implements RedisCredentialsProvider {
    private static final Logger LOG = LoggerFactory.getLogger(EntraCredentials.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);

    private final TokenCredential entra;
    private final PodEnvironment environment;
    private final ScheduledExecutorService timer;
    private final Clock clock;
    private final Sinks.Many<RedisCredentials> renewals = Sinks.many().replay().latest();
    private final AtomicInteger renewed = new AtomicInteger();
    private volatile AccessToken current;

    EntraCredentials(TokenCredential entra, PodEnvironment environment, ScheduledExecutorService timer, Clock clock) {
        this.entra = entra;
        this.environment = environment;
        this.timer = timer;
        this.clock = clock;
    }

    /**
     * Gets the first token, on the calling thread, and starts to renew. Lettuce resolves the credentials even to print a
     * URI, outside every timeout, so nothing may connect before there is a token.
     */
    void start() {
        publish(fetch());
    }

    private AccessToken fetch() {
        return entra.getTokenSync(new TokenRequestContext().addScopes(environment.scope()));
    }

    private void renew() {
        try {
            AccessToken token = fetch();
            if (!token.getToken().equals(current.getToken())) {
                renewed.incrementAndGet();
            }
            publish(token);
        } catch (RuntimeException e) {
            // The connection stays up until the old token ends: there is time to try again.
            LOG.warn("no new token: {}", e.getClass().getSimpleName());
            timer.schedule(this::renew, AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void publish(AccessToken token) {
        boolean isNew = current == null || !current.getToken().equals(token.getToken());
        current = token;
        if (isNew) {
            renewals.tryEmitNext(RedisCredentials.just(environment.user(), token.getToken()));
        }
        Duration half = Duration.between(now(), token.getExpiresAt()).dividedBy(2);
        Duration wait = half.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : half;
        timer.schedule(this::renew, wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    private OffsetDateTime now() {
        return OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /** How many tokens there were after the first. */
    int renewals() {
        return renewed.get();
    }

    /** When the token that is in use now ends. */
    OffsetDateTime expires() {
        return current.getExpiresAt();
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
