package dev.redisaccess.operator.http;

/**
 * The depth of a JSON text. Measured before the text is parsed: azure-core-management (1.19) reads the details of an error
 * recursively and copies each level, so that half a megabyte of brackets takes all memory.
 */
final class Nesting {

    /** No answer of Azure or Entra is nested deeper than a dozen levels. */
    static final int MOST_LEVELS = 64;

    private Nesting() {}

    static boolean isTooDeep(byte[] json) {
        int levels = 0;
        boolean inText = false;
        for (int i = 0; i < json.length; i++) {
            switch (json[i]) {
                case '\\' -> i += inText ? 1 : 0;
                case '"' -> inText = !inText;
                case '[', '{' -> levels += inText ? 0 : 1;
                case ']', '}' -> levels -= inText ? 0 : 1;
                default -> {}
            }
            if (levels > MOST_LEVELS) {
                return true;
            }
        }
        return false;
    }
}
