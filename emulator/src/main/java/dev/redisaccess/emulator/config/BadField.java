package dev.redisaccess.emulator.config;

/** An invalid value of a configuration record. */
final class BadField extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final String field;

    /**
     * @param field the field's name, relative to the record
     * @param must the rule, beginning with "must"
     */
    BadField(String field, String must) {
        super(must);
        this.field = field;
    }

    String field() {
        return field;
    }
}
