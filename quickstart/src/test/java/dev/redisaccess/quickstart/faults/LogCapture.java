package dev.redisaccess.quickstart.faults;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.FileAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/** Writes to a file what the operator logs with {@code REDIS_ACCESS_LOG_LEVEL=debug}, stack traces included. */
final class LogCapture implements AutoCloseable {

    /** The operator's own configuration: which libraries are kept quiet is a part of what is tested. */
    private static final Path OPERATORS =
            Path.of(System.getProperty("repository.root"), "operator", "src", "main", "resources", "logback.xml");

    private static final Pattern LOGGER = Pattern.compile("<logger name=\"([^\"]+)\" level=\"([^\"]+)\"/>");

    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Map<Logger, Level> before = new HashMap<>();
    private final FileAppender<ILoggingEvent> file = new FileAppender<>();
    private final ThresholdFilter console = new ThresholdFilter();
    private final Appender<ILoggingEvent> shown;

    private LogCapture(Path to) throws IOException {
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        shown = root.getAppender("text");
        console.setLevel(Level.ERROR.levelStr);
        console.start();
        shown.addFilter(console);
        level(root, Level.DEBUG);
        Matcher loggers = LOGGER.matcher(Files.readString(OPERATORS));
        while (loggers.find()) {
            level(context.getLogger(loggers.group(1)), Level.valueOf(loggers.group(2)));
        }
        if (before.size() < 2) {
            throw new IllegalStateException("there are no loggers in " + OPERATORS.getFileName());
        }
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

    static LogCapture to(Path file) throws IOException {
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
