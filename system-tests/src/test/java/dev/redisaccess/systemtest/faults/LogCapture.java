package dev.redisaccess.systemtest.faults;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.FileAppender;
import dev.redisaccess.operator.telemetry.LogConfigurator;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** Writes to a file what the operator logs with {@code REDIS_ACCESS_LOG_LEVEL=debug}, stack traces included. */
final class LogCapture implements AutoCloseable {

    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Map<Logger, Level> before = new HashMap<>();
    private final FileAppender<ILoggingEvent> file = new FileAppender<>();
    private final ThresholdFilter console = new ThresholdFilter();
    private final Appender<ILoggingEvent> shown;

    private LogCapture(Path to) {
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        shown = root.getAppender("text");
        console.setLevel(Level.ERROR.levelStr);
        console.start();
        shown.addFilter(console);
        level(root, Level.DEBUG);
        // Which libraries are kept quiet is a part of what is tested.
        LogConfigurator.LIBRARIES.forEach((name, quiet) -> level(context.getLogger(name), quiet));
        PatternLayoutEncoder lines = new PatternLayoutEncoder();
        lines.setContext(context);
        lines.setPattern("%d{HH:mm:ss.SSS} %-5level [%thread] %logger{0} %mdc %msg%n%ex");
        lines.start();
        file.setContext(context);
        file.setEncoder(lines);
        file.setFile(to.toString());
        file.setAppend(false);
        file.start();
        root.addAppender(file);
    }

    static LogCapture to(Path file) {
        return new LogCapture(file);
    }

    private void level(Logger logger, Level level) {
        before.put(logger, logger.getLevel());
        logger.setLevel(level);
    }

    @Override
    public void close() {
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).detachAppender(file);
        file.stop();
        before.forEach(Logger::setLevel);
        shown.clearAllFilters();
    }
}
