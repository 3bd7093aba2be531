package dev.redisaccess.operator.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import dev.redisaccess.operator.status.KubernetesRefusal;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import org.slf4j.Marker;

/**
 * Says in one line what the framework says in fifty: that Kubernetes did not do what a pass asked for. The framework's own line
 * (java-operator-sdk's {@code EventProcessor}) has a stack trace, which tells nothing but the way through its code. With
 * level {@code debug} the trace is there too.
 */
final class RefusedWriteFilter extends TurboFilter {

    static final String FRAMEWORK = "io.javaoperatorsdk.operator.processing.event.EventProcessor";

    @Override
    public FilterReply decide(
            Marker marker, Logger logger, Level level, String format, Object[] arguments, Throwable thrown) {
        if (level != Level.WARN || !FRAMEWORK.equals(logger.getName())) {
            return FilterReply.NEUTRAL;
        }
        return refusal(arguments, thrown)
                .map(refused -> {
                    Logger own = logger.getLoggerContext().getLogger(RefusedWriteFilter.class);
                    own.warn(
                            "Kubernetes did not do what a pass asked for; it is tried again: {}",
                            KubernetesRefusal.of(refused));
                    own.debug("Where it was asked", refused);
                    return FilterReply.DENY;
                })
                .orElse(FilterReply.NEUTRAL);
    }

    /** SLF4J takes the last argument for the exception only after the filters have decided. */
    private static Optional<KubernetesClientException> refusal(Object[] arguments, Throwable thrown) {
        Object last =
                thrown == null && arguments != null && arguments.length > 0 ? arguments[arguments.length - 1] : thrown;
        return last instanceof KubernetesClientException refused ? Optional.of(refused) : Optional.empty();
    }
}
