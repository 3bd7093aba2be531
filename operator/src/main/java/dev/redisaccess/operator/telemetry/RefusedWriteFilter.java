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
 * Logs in one line a write that Kubernetes refused. The framework's own line (java-operator-sdk's {@code EventProcessor}) has
 * a stack trace of fifty lines, which shows only calls within the framework. Level {@code debug} logs the trace also.
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
                            "Kubernetes refused a write of a pass; the pass is retried: {}",
                            KubernetesRefusal.of(refused));
                    own.debug("The refused write", refused);
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
