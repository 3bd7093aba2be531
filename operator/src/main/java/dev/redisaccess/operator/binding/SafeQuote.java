package dev.redisaccess.operator.binding;

import java.util.regex.Pattern;

/**
 * Makes foreign text safe for a status, an Event or a log line: one line of limited length, without characters that a
 * terminal interprets, and without tokens and signatures.
 *
 * <p>{@link Problem} and {@link Finding} apply it to each message, Events and the log to each text, so that it covers all of them.
 */
public final class SafeQuote {

    /** Anything that looks like a signed token, or the start of one. Possessive: a long one must not exhaust the stack. */
    private static final Pattern TOKEN = Pattern.compile("eyJ[A-Za-z0-9_-]{8,}+[A-Za-z0-9_.-]*+");

    /** The signature in a link, such as that to an operation of Azure. */
    private static final Pattern SIGNATURE = Pattern.compile("([?&](?:sig|[scht])=)[^&\\s'\"`]{8,}+");

    /**
     * Escape sequences of terminals (ECMA-48): a control sequence such as a colour, a control string such as a window's title,
     * or a short one. Each part has a limit: otherwise a text of nothing but beginnings takes time that grows with the square of
     * its length. What is left of a longer one has no control characters, and so no effect.
     */
    private static final Pattern ESCAPE_SEQUENCE = Pattern.compile("(?:\u001b\\[|\u009b)[0-?]{0,64}+[ -/]{0,64}+[@-~]"
            + "|(?:\u001b[\\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u009c]{0,256}+(?:\u0007|\u001b\\\\|\u009c)"
            + "|\u001b[ -/]{0,64}+[0-~]");

    /** So many times as many characters as are wanted are looked at: some are left out of what is quoted. */
    private static final int LOOKED_AT = 4;

    private static final char REPLACEMENT = '\uFFFD';

    private SafeQuote() {}

    /**
     * The text as one line without control and format characters.
     *
     * @param most characters; the last one is an ellipsis if there were more
     */
    public static String quote(String words, int most) {
        boolean longer = words.length() / LOOKED_AT > most;
        String looked = longer ? start(words, most * LOOKED_AT) : words;
        String text = isClean(looked) ? looked : cleaned(looked);
        // Masked after cleaning: an invisible character inside a token must not hide it.
        if (text.contains("eyJ")) {
            text = TOKEN.matcher(text).replaceAll("(token)");
        }
        if (text.indexOf('=') >= 0) {
            text = SIGNATURE.matcher(text).replaceAll("$1(signature)");
        }
        return text.length() > most || longer ? shortened(text, most) : text;
    }

    /** The beginning of foreign text: patterns are searched in no more, because their time may grow with the square of it. */
    public static String start(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }

    /** Foreign text with a full stop at its end, unless it was shortened. */
    public static String sentence(String text) {
        return text.endsWith(".") || text.endsWith("…") ? text : text + ".";
    }

    /** A shortcut for nearly every text: it reads each character once, and copies nothing. */
    private static boolean isClean(String words) {
        char before = ' ';
        for (int i = 0; i < words.length(); i++) {
            char c = words.charAt(i);
            boolean visible = c > ' ' && c < 0x7f;
            boolean singleBlank = c == ' ' && before != ' ';
            if (!visible && !singleBlank && !Character.isLetterOrDigit(c) && c != '…') {
                return false;
            }
            before = c;
        }
        return before != ' ' || words.isEmpty();
    }

    private static String cleaned(String words) {
        String text = words.indexOf('\u001b') >= 0 || words.chars().anyMatch(c -> c >= 0x80 && c < 0xa0)
                ? ESCAPE_SEQUENCE.matcher(words).replaceAll("")
                : words;
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(point -> append(clean, point));
        int end = clean.length();
        return end > 0 && clean.charAt(end - 1) == ' ' ? clean.substring(0, end - 1) : clean.toString();
    }

    private static void append(StringBuilder clean, int point) {
        switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> {
                if (clean.length() > 0 && clean.charAt(clean.length() - 1) != ' ') {
                    clean.append(' ');
                }
            }
            // Direction marks and zero-width characters.
            case Character.FORMAT -> {}
            case Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED -> clean.append(REPLACEMENT);
            default -> clean.appendCodePoint(point);
        }
    }

    private static String shortened(String text, int most) {
        int end = Math.min(most - 1, text.length());
        return text.substring(0, end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
