package dev.redisaccess.operator.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggerContextVO;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import dev.redisaccess.operator.binding.SafeQuote;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/** A log event whose texts, and those of its exception, are one line each and safe to show. */
final class SafeEvent implements ILoggingEvent {

    /** Far above what the operator itself writes; a library may log a whole body. */
    static final int MAX_TEXT = 8 * 1024;

    /** java-operator-sdk's MDCUtils writes it where an object has no namespace. */
    private static final String NO_NAMESPACE = "no namespace";

    private final ILoggingEvent event;

    SafeEvent(ILoggingEvent event) {
        this.event = event;
    }

    private static String safe(String text) {
        return text == null ? null : SafeQuote.quote(text, MAX_TEXT);
    }

    @Override
    public String getMessage() {
        return safe(event.getMessage());
    }

    @Override
    public String getFormattedMessage() {
        return safe(event.getFormattedMessage());
    }

    /** Not given out: they are in the formatted message. */
    @Override
    public Object[] getArgumentArray() {
        return new Object[0];
    }

    @Override
    public IThrowableProxy getThrowableProxy() {
        return SafeThrowable.of(event.getThrowableProxy());
    }

    /** Without the framework's text for a cluster-scoped object, which looks like the name of a namespace. */
    @Override
    public Map<String, String> getMDCPropertyMap() {
        Map<String, String> safe = new LinkedHashMap<>();
        event.getMDCPropertyMap().forEach((key, value) -> safe.put(safe(key), safe(value)));
        safe.values().removeIf(NO_NAMESPACE::equals);
        return safe;
    }

    @Override
    @Deprecated
    public Map<String, String> getMdc() {
        return getMDCPropertyMap();
    }

    @Override
    public List<KeyValuePair> getKeyValuePairs() {
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        return pairs == null
                ? List.of()
                : pairs.stream()
                        .map(pair -> new KeyValuePair(safe(pair.key), safe(String.valueOf(pair.value))))
                        .toList();
    }

    @Override
    public String getThreadName() {
        return safe(event.getThreadName());
    }

    @Override
    public Level getLevel() {
        return event.getLevel();
    }

    @Override
    public String getLoggerName() {
        return event.getLoggerName();
    }

    @Override
    public LoggerContextVO getLoggerContextVO() {
        return event.getLoggerContextVO();
    }

    @Override
    public StackTraceElement[] getCallerData() {
        return event.getCallerData();
    }

    @Override
    public boolean hasCallerData() {
        return event.hasCallerData();
    }

    @Override
    public List<Marker> getMarkerList() {
        return event.getMarkerList();
    }

    @Override
    public long getTimeStamp() {
        return event.getTimeStamp();
    }

    @Override
    public int getNanoseconds() {
        return event.getNanoseconds();
    }

    @Override
    public Instant getInstant() {
        return event.getInstant();
    }

    @Override
    public long getSequenceNumber() {
        return event.getSequenceNumber();
    }

    @Override
    public void prepareForDeferredProcessing() {
        event.prepareForDeferredProcessing();
    }

    /** An exception whose message is safe, and those of its causes. */
    private record SafeThrowable(IThrowableProxy thrown) implements IThrowableProxy {

        static IThrowableProxy of(IThrowableProxy thrown) {
            return thrown == null ? null : new SafeThrowable(thrown);
        }

        @Override
        public String getMessage() {
            return safe(thrown.getMessage());
        }

        @Override
        public String getOverridingMessage() {
            return safe(thrown.getOverridingMessage());
        }

        @Override
        public String getClassName() {
            return thrown.getClassName();
        }

        @Override
        public StackTraceElementProxy[] getStackTraceElementProxyArray() {
            return thrown.getStackTraceElementProxyArray();
        }

        @Override
        public int getCommonFrames() {
            return thrown.getCommonFrames();
        }

        @Override
        public IThrowableProxy getCause() {
            return of(thrown.getCause());
        }

        @Override
        public IThrowableProxy[] getSuppressed() {
            IThrowableProxy[] suppressed = thrown.getSuppressed();
            IThrowableProxy[] safe = new IThrowableProxy[suppressed == null ? 0 : suppressed.length];
            for (int i = 0; i < safe.length; i++) {
                safe[i] = of(suppressed[i]);
            }
            return safe;
        }

        @Override
        public boolean isCyclic() {
            return thrown.isCyclic();
        }
    }
}
