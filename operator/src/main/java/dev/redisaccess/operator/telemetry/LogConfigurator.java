package dev.redisaccess.operator.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Map;
import java.util.Optional;

/**
 * The operator's log: standard output, in the configured form and at the configured level. Logback finds it as a
 * service. In code and not in XML because an XML parser and what reads it are 400 classes more at each start.
 *
 * <p>A configuration of the user takes precedence: a {@code logback.xml} or {@code logback-test.xml} on the class path,
 * or the system property {@code logback.configurationFile}.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_NORMAL_PRIORITY)
public final class LogConfigurator extends ContextAwareBase implements Configurator {

    /** Client libraries log every reconnect and retry; the conditions of bindings have what these mean. */
    public static final Map<String, Level> LIBRARIES = Map.of(
            "io.javaoperatorsdk", Level.WARN,
            "io.fabric8", Level.WARN,
            "io.fabric8.kubernetes.client.dsl.internal.VersionUsageUtils", Level.ERROR,
            "Default ConfigurationService implementation", Level.WARN,
            "io.lettuce", Level.ERROR,
            "io.netty", Level.WARN,
            "com.azure", Level.ERROR,
            "com.microsoft", Level.ERROR);

    /** The framework fills {@code resource.*} for every pass. */
    private static final String PATTERN = "%d{\"yyyy-MM-dd'T'HH:mm:ss.SSSXXX\", UTC} %-5level [%thread] %logger{0}"
            + " %mdc{resource.namespace}/%mdc{resource.name} %msg%n";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (isConfiguredOtherwise()) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        // An invalid configuration is reported in this log, so a wrong form or level must not silence
        // it.
        boolean json = "json".equalsIgnoreCase(System.getenv("REDIS_ACCESS_LOG_FORMAT"));
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setName("console");
        console.setEncoder(new SafeEncoder(json ? json(context) : text(context)));
        console.start();
        RefusedWriteFilter shortened = new RefusedWriteFilter();
        shortened.setContext(context);
        shortened.start();
        context.addTurboFilter(shortened);
        LIBRARIES.forEach((name, level) -> context.getLogger(name).setLevel(level));
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.toLevel(System.getenv("REDIS_ACCESS_LOG_LEVEL"), Level.INFO));
        root.addAppender(console);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static boolean isConfiguredOtherwise() {
        ClassLoader loader = LogConfigurator.class.getClassLoader();
        return System.getProperty("logback.configurationFile") != null
                || Optional.ofNullable(loader.getResource("logback-test.xml"))
                        .or(() -> Optional.ofNullable(loader.getResource("logback.xml")))
                        .isPresent();
    }

    private static Encoder<ILoggingEvent> text(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        return encoder;
    }

    static Encoder<ILoggingEvent> json(LoggerContext context) {
        JsonLineEncoder encoder = new JsonLineEncoder();
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }
}
