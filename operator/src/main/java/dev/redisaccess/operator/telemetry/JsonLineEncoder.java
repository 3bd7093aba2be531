package dev.redisaccess.operator.telemetry;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
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

    private static final JsonFactory JSON = new JsonFactory();
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
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            write(json, event);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private void write(JsonGenerator json, ILoggingEvent event) throws IOException {
        json.writeStartObject();
        json.writeStringField("time", TIME.format(Instant.ofEpochMilli(event.getTimeStamp())));
        json.writeStringField("level", event.getLevel().toString());
        json.writeStringField("logger", event.getLoggerName());
        json.writeStringField("thread", event.getThreadName());
        json.writeStringField("message", event.getFormattedMessage());
        Map<String, String> context = event.getMDCPropertyMap();
        writeIfPresent(json, "namespace", context.get("resource.namespace"));
        writeIfPresent(json, "name", context.get("resource.name"));
        writeIfPresent(json, "generation", context.get("resource.generation"));
        writeIfPresent(json, "exception", exceptions.convert(event));
        json.writeEndObject();
    }

    private static void writeIfPresent(JsonGenerator json, String field, String value) throws IOException {
        if (value != null && !value.isEmpty()) {
            json.writeStringField(field, value);
        }
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }
}
