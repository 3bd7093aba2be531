package dev.redisaccess.operator.binding;

import java.util.regex.Pattern;

/**
 * What another system said, made fit for a message: one line, not too long, and nothing in it that could log in or sign.
 * Whatever quotes somebody goes through here.
 */
public final class OthersWords {

    /** Anything that looks like a signed token, or the start of one. */
    private static final Pattern TOKEN = Pattern.compile("eyJ[A-Za-z0-9_-]{8,}(\\.[A-Za-z0-9_-]*)*");

    /** Of a link that is signed, such as the one to an operation of Azure. */
    private static final Pattern SIGNATURE = Pattern.compile("([?&](?:sig|[scht])=)[^&\\s'\"`]{8,}");

    private OthersWords() {}

    /** @param most characters; the last one says that there was more */
    public static String quote(String words, int most) {
        String text = TOKEN.matcher(words).replaceAll("(token)");
        text = SIGNATURE.matcher(text).replaceAll("$1(signature)");
        text = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
