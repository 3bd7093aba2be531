package dev.redisaccess.quickstart.show;

import java.io.Console;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The capabilities of the output.
 *
 * @param interactive whether the output is a terminal, where a line may be rewritten
 * @param colour whether to print escape sequences for colours
 * @param unicode whether characters beyond ASCII are printed correctly
 */
public record Terminal(boolean interactive, boolean colour, boolean unicode) {
    /** Neither colour nor animation: a file, a pipe, a test. */
    public static final Terminal PLAIN = new Terminal(false, false, false);

    /** From the environment variables (NO_COLOR, TERM, and the locale) and whether a terminal is attached. */
    public static Terminal of(Map<String, String> environment, boolean attached) {
        boolean dumb = environment.getOrDefault("TERM", "dumb").equals("dumb");
        boolean unwanted = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        String locale = Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                .map(name -> environment.getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("")
                .toUpperCase(Locale.ROOT);
        boolean unicode = locale.contains("UTF-8") || locale.contains("UTF8");
        boolean interactive = attached && !dumb;
        return new Terminal(interactive, interactive && !unwanted, unicode);
    }

    /** Whether both input and output are a terminal. */
    public static boolean attached() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // JDK 22 and newer also have a console without a terminal, and this method to distinguish them.
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
