package dev.redisaccess.operator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RefusedWriteFilterTest {

    private static final String FRAMEWORKS_LINE = "Uncaught error during event processing {} - but another"
            + " reconciliation will be attempted because a superseding event has been received or another retry attempt is"
            + " pending.";

    private final LoggerContext context = new LoggerContext();
    private final Logger framework = context.getLogger(RefusedWriteFilter.FRAMEWORK);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        context.addTurboFilter(new RefusedWriteFilter());
        lines.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(lines);
    }

    @Test
    void aRefusalIsOneLineWithTheServersWords() {
        var refused = new KubernetesClientException(new StatusBuilder()
                .withCode(403)
                .withMessage("configmaps \"orders\" is forbidden: no rule")
                .build());
        framework.warn(FRAMEWORKS_LINE, "scope", refused);
        assertThat(warnings()).singleElement().satisfies(line -> {
            assertThat(line.getFormattedMessage())
                    .isEqualTo("Kubernetes did not do what a pass asked for; it is tried again:"
                            + " configmaps \"orders\" is forbidden: no rule");
            assertThat(line.getThrowableProxy()).isNull();
        });
    }

    @Test
    void anythingElseKeepsItsTrace() {
        framework.warn(FRAMEWORKS_LINE, "scope", new IllegalStateException("a fault of ours"));
        assertThat(warnings()).singleElement().satisfies(line -> assertThat(
                        line.getThrowableProxy().getMessage())
                .isEqualTo("a fault of ours"));
    }

    private List<ILoggingEvent> warnings() {
        return lines.list.stream().filter(line -> line.getLevel() == Level.WARN).toList();
    }
}
