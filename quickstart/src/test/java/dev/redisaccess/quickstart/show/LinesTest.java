package dev.redisaccess.quickstart.show;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LinesTest {
    private static final Duration TIME = Duration.ofMillis(1234);

    @Test
    void timesAreAlignedToTheRightWhateverTheMark() {
        String plain = new Lines(Terminal.PLAIN).seen("login", "as orders", TIME);
        String pretty = new Lines(new Terminal(false, false, true)).seen("login", "as orders", TIME);
        assertThat(plain).startsWith("  ok login").endsWith("1.2 s").hasSize(Lines.WIDTH);
        assertThat(pretty).startsWith("  ✓ login").endsWith("1.2 s").hasSize(Lines.WIDTH);
    }

    @Test
    void coloursOnlyWhereTheyAreEnabled() {
        assertThat(new Lines(new Terminal(true, true, true)).seen("a", "b", TIME))
                .contains("\u001b[32m✓\u001b[0m");
        assertThat(new Lines(new Terminal(true, false, true)).seen("a", "b", TIME))
                .doesNotContain("\u001b");
    }

    @Test
    void aLineThatIsRewrittenIsNeverWiderThanTheScreen() {
        String line = new Lines(Terminal.PLAIN).waiting(3, "AccessGranted", "x".repeat(300), TIME);
        assertThat(line).hasSize(Lines.WIDTH);
    }

    @Test
    void theSummaryAlignsItsColumns() {
        List<String> lines = new Lines(Terminal.PLAIN)
                .summary(
                        List.of(new SummaryRow("one", "seen", TIME), new SummaryRow("two", "", TIME)),
                        Duration.ofSeconds(12));
        assertThat(lines).hasSize(5);
        assertThat(lines.get(1)).matches("  one +seen +1\\.2 s").hasSize(Lines.WIDTH);
        assertThat(lines.get(4)).matches("  all steps seen +12\\.0 s").hasSize(Lines.WIDTH);
    }

    @Test
    void theTerminalHonoursNoColorAndDumbTerminalsAndTheLocale() {
        Map<String, String> usual = Map.of("TERM", "xterm", "LANG", "en_US.UTF-8");
        assertThat(Terminal.of(usual, true)).isEqualTo(new Terminal(true, true, true));
        assertThat(Terminal.of(usual, false)).isEqualTo(new Terminal(false, false, true));
        assertThat(Terminal.of(Map.of("TERM", "xterm", "NO_COLOR", "1"), true))
                .isEqualTo(new Terminal(true, false, false));
        assertThat(Terminal.of(Map.of("TERM", "dumb", "LC_ALL", "C", "LANG", "de_DE.utf8"), true))
                .isEqualTo(Terminal.PLAIN);
    }

    @Test
    void printsNothingWhileItWaitsWhereLinesCannotBeRewritten() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Screen screen =
                new Screen(new PrintStream(bytes, true, StandardCharsets.UTF_8), Terminal.PLAIN, System::nanoTime)) {
            screen.waitFor("AccessGranted", "Azure works");
            screen.stopWaiting();
            screen.seen("AccessGranted", "", TIME);
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo(new Lines(Terminal.PLAIN).seen("AccessGranted", "", TIME) + System.lineSeparator());
    }
}
