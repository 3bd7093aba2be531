package dev.redisaccess.quickstart.show;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The lines of the output, as text. */
public final class Lines {
    static final int WIDTH = 96;
    private static final int LABEL = 22;
    private static final String RESET = "\u001b[0m";

    private final Terminal terminal;

    public Lines(Terminal terminal) {
        this.terminal = terminal;
    }

    private enum Style {
        GOOD("\u001b[32m"),
        BAD("\u001b[31m"),
        STRONG("\u001b[1m"),
        FAINT("\u001b[2m");

        private final String code;

        Style(String code) {
            this.code = code;
        }
    }

    private String styled(Style style, String text) {
        return terminal.colour() ? style.code + text + RESET : text;
    }

    String heading(String title, String remark) {
        return styled(Style.STRONG, title) + (remark.isEmpty() ? "" : "   " + styled(Style.FAINT, remark));
    }

    /** A result, with its duration or time. */
    public String seen(String label, String detail, Duration time) {
        String mark = styled(Style.GOOD, terminal.unicode() ? "✓" : "ok");
        return row(mark, terminal.unicode() ? 1 : 2, label, detail, seconds(time));
    }

    String failed(String label, String detail) {
        String mark = styled(Style.BAD, terminal.unicode() ? "✗" : "!!");
        return row(mark, terminal.unicode() ? 1 : 2, label, detail, "");
    }

    /** One line that is rewritten during a wait, cut to the width of the screen. */
    String waiting(int frame, String label, String detail, Duration time) {
        String[] frames = terminal.unicode()
                ? new String[] {"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"}
                : new String[] {"-", "\\", "|", "/"};
        String line = row(frames[frame % frames.length], 1, label, detail, seconds(time));
        return line.length() > WIDTH ? line.substring(0, WIDTH) : line;
    }

    private String row(String mark, int markWidth, String label, String detail, String time) {
        int room = WIDTH - 2 - markWidth - 1 - LABEL - 1 - 8;
        String padded = "  " + mark + " " + pad(label, LABEL) + " ";
        return (padded + pad(detail, room) + String.format(Locale.ROOT, "%8s", time)).stripTrailing();
    }

    /** Rows of a table under a rule; the last column is aligned to the right. */
    List<String> summary(List<SummaryRow> rows, Duration total) {
        String rule = "  " + (terminal.unicode() ? "─" : "-").repeat(WIDTH - 2);
        List<String> lines = new java.util.ArrayList<>();
        lines.add(rule);
        rows.forEach(row -> lines.add(plainRow(row.step(), row.seen(), seconds(row.time()))));
        lines.add(rule);
        lines.add(styled(Style.STRONG, plainRow("all steps seen", "", seconds(total))));
        return lines;
    }

    private static String plainRow(String step, String seen, String time) {
        return "  " + pad(step, 28) + " " + pad(seen, WIDTH - 2 - 28 - 1 - 8) + String.format(Locale.ROOT, "%8s", time);
    }

    public static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }

    private static String pad(String text, int width) {
        return text.length() >= width ? text : text + " ".repeat(width - text.length());
    }
}
