package dev.redisaccess.operator.api;

/** The status of a condition. */
public enum ConditionStatus {
    TRUE("True"),
    FALSE("False"),
    UNKNOWN("Unknown");

    private final String text;

    ConditionStatus(String text) {
        this.text = text;
    }

    /** The status as a condition has it. */
    public String text() {
        return text;
    }
}
