package dev.redisaccess.operator.telemetry;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/**
 * One JSON object in each line: {@code time} (RFC 3339, UTC, milliseconds), {@code level}, {@code logger}, {@code thread},
 * {@code message}; {@code namespace}, {@code name} and {@code generation} of the object of a pass, and {@code exception}, only
 * where there is one.
 *
 * <p>Logback's own JSON encoder was rejected: its time is epoch milliseconds, which no person reads, it escapes {@code /}, and it
 * writes the framework's text for a cluster-scoped object as if it were the name of a namespace.
 */
final class JsonLineEncoder extends EncoderBase<ILoggingEvent> {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

    private final ThrowableProxyConverter exceptions = new ThrowableProxyConverter();

    @Override
    public void start() {
        exceptions.start();
        super.start();
    }

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(256);
        field(line, "time", TIME.format(Instant.ofEpochMilli(event.getTimeStamp())));
        field(line, "level", event.getLevel().toString());
        field(line, "logger", event.getLoggerName());
        field(line, "thread", event.getThreadName());
        field(line, "message", event.getFormattedMessage());
        Map<String, String> context = event.getMDCPropertyMap();
        field(line, "namespace", context.get("resource.namespace"));
        field(line, "name", context.get("resource.name"));
        field(line, "generation", context.get("resource.generation"));
        field(line, "exception", exceptions.convert(event));
        return line.append("}\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void field(StringBuilder line, String name, String value) {
        if (value == null || value.isEmpty()) {
            return;
        }
        line.append(line.isEmpty() ? '{' : ',').append('"').append(name).append("\":\"");
        for (int i = 0; i < value.length(); i++) {
            escape(line, value.charAt(i));
        }
        line.append('"');
    }

    /** RFC 8259, section 7. */
    private static void escape(StringBuilder line, char c) {
        if (c == '"' || c == '\\') {
            line.append('\\').append(c);
        } else if (c == '\n') {
            line.append("\\n");
        } else if (c == '\t') {
            line.append("\\t");
        } else if (c < ' ') {
            line.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
        } else {
            line.append(c);
        }
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }
}
