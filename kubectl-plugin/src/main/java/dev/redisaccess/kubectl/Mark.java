package dev.redisaccess.kubectl;

/** The mark of a link. */
enum Mark {
    HOLDS("✔", "ok", "32"),
    BROKEN("✘", "!!", "31"),
    WAITS("•", "..", "33"),
    NOTE("–", "--", "2");

    private final String sign;
    private final String plain;
    private final String colour;

    Mark(String sign, String plain, String colour) {
        this.sign = sign;
        this.plain = plain;
        this.colour = colour;
    }

    /** @param coloured whether the output is a terminal that interprets colours */
    String text(boolean unicode, boolean coloured) {
        String text = unicode ? sign : plain;
        return coloured ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
    }
}
