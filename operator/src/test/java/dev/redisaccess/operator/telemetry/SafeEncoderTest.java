package dev.redisaccess.operator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.encoder.Encoder;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The log, in both formats, with any text of a library or an exception. */
class SafeEncoderTest {

    private final LoggerContext context = new LoggerContext();

    @Test
    void aMessageOfAnExceptionMakesNoLine() {
        var cause = new IllegalStateException("cause\n2026-11-28 ERROR forged");
        cause.addSuppressed(new IllegalStateException("also\u001b[31m\nred"));
        String log = text(event("refused: {}", "a\nb\u202e", new IllegalArgumentException("x\r\ny", cause)));

        assertThat(log.lines().filter(line -> !line.matches("\t+(at|\\.\\.\\.) .*")))
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("refused: a b"),
                        line -> assertThat(line).isEqualTo("java.lang.IllegalArgumentException: x y"),
                        line -> assertThat(line)
                                .isEqualTo("Caused by: java.lang.IllegalStateException: cause 2026-11-28 ERROR forged"),
                        line -> assertThat(line).endsWith("Suppressed: java.lang.IllegalStateException: also red"));
    }

    @Test
    void aLineOfJsonHasATimeThatPeopleReadAndOnlyFieldsThatHaveAValue() {
        LoggingEvent ofADatabase = event("Azure at {}", "https://management.azure.com/", null);
        ofADatabase.setTimeStamp(1_795_867_200_007L);
        ofADatabase.setMDCPropertyMap(Map.of("resource.namespace", "no namespace", "resource.name", "orders-cache"));
        LoggingEvent ofABinding = event("late", null, new IllegalStateException("why"));
        ofABinding.setTimeStamp(1_795_867_200_000L);
        ofABinding.setMDCPropertyMap(
                Map.of("resource.namespace", "shop", "resource.name", "cache", "resource.generation", "3"));

        assertThat(json(ofADatabase))
                .isEqualTo(
                        "{\"time\":\"2026-11-28T12:00:00.007Z\",\"level\":\"WARN\",\"logger\":\"a.Logger\",\"thread\":\""
                                + Thread.currentThread().getName()
                                + "\",\"message\":\"Azure at https://management.azure.com/\",\"name\":\"orders-cache\"}\n");
        assertThat(json(ofABinding))
                .contains("\"time\":\"2026-11-28T12:00:00.000Z\"")
                .contains("\"namespace\":\"shop\",\"name\":\"cache\",\"generation\":\"3\",\"exception\":\"")
                .contains("IllegalStateException: why")
                .endsWith("\"}\n")
                .containsOnlyOnce("\n");
    }

    @Property(tries = 300)
    void aLineOfJsonIsReadAsItWasWritten(@ForAll("hostile") String words) throws IOException {
        LoggingEvent event = event("{}", words, null);
        // Without SafeEncoder: the form must hold for any text.
        String line = new String(LogConfigurator.json(context).encode(event), StandardCharsets.UTF_8);

        assertThat(line.lines()).hasSize(1);
        assertThat(new ObjectMapper().readTree(line).path("message").asText())
                .isEqualTo(new String(words.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    }

    private String json(LoggingEvent event) {
        return new String(new SafeEncoder(LogConfigurator.json(context)).encode(event), StandardCharsets.UTF_8);
    }

    @Test
    void masksWhatCouldLogIn() {
        assertThat(text(event("answer {}", "eyJhbGciOiJSUzI1NiJ9.eyJhIjoi.c2ln", null)))
                .isEqualTo("answer (token)\n");
    }

    @Property(tries = 300)
    void controlCharactersAreShownAndNotInterpreted(@ForAll("hostile") String words) {
        LoggingEvent event = event("said {}", words, new IllegalStateException(words));
        for (Encoder<ILoggingEvent> encoder : List.of(plain(), LogConfigurator.json(context))) {
            String log = new String(new SafeEncoder(encoder).encode(event), StandardCharsets.UTF_8);
            assertThat(log).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Co}\\p{Cn}\\p{Cs}&&[^\\n\\t]]");
            assertThat(log.lines().skip(1))
                    .allMatch(line -> line.matches("\t+(at|\\.\\.\\.) .*|java.lang.IllegalStateException.*"));
        }
    }

    @Provide
    Arbitrary<String> hostile() {
        return Arbitraries.strings()
                .all()
                .withChars('\u001b', '[', 'm', '\n', '\r', '\u2028', '\u202e', '\u200b', '\ud83d')
                .ofMaxLength(200);
    }

    private String text(LoggingEvent event) {
        return new String(new SafeEncoder(plain()).encode(event), StandardCharsets.UTF_8);
    }

    private Encoder<ILoggingEvent> plain() {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setPattern("%msg%n");
        encoder.start();
        return encoder;
    }

    private LoggingEvent event(String pattern, String argument, Throwable thrown) {
        context.setMDCAdapter(new LogbackMDCAdapter());
        return new LoggingEvent(
                "test", context.getLogger("a.Logger"), Level.WARN, pattern, thrown, new Object[] {argument});
    }
}
