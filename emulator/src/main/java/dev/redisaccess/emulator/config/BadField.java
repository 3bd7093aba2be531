package dev.redisaccess.emulator.config;

/** A value that a configuration record refuses. */
final class BadField extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final String field;

    /**
     * @param field the field's name, relative to the record
     * @param must what must hold, beginning with "must"
     */
    BadField(String field, String must) {
        super(must);
        this.field = field;
    }

    String field() {
        return field;
    }
}
