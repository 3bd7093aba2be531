package dev.redisaccess.kubectl;

/** The exit codes of all commands. Scripts depend on them. */
enum ExitCode {
    /** Done. Of `why`: every link holds. */
    OK(0, "Done. Of `why`: every link holds."),
    /** A link is broken. */
    BROKEN(1, "Of `why`: a link does not hold, or the pod differs."),
    /** Access would be revoked. */
    REVOKES(2, "Of `plan`: access would be revoked."),
    /** Not found, or the cluster could not be read. */
    NOT_READ(3, "An object was not found, or the cluster or a file could not be read."),
    /** A right is missing. */
    FORBIDDEN(4, "A permission is missing; the message names it."),
    /** Wrong usage. */
    USAGE(64, "Unknown option or argument.");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    int code() {
        return code;
    }

    String meaning() {
        return meaning;
    }
}
