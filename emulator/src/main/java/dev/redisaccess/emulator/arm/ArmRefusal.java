package dev.redisaccess.emulator.arm;

/** Ends the handling of a request with an error answer. Has no stack trace, because nothing went wrong here. */
final class ArmRefusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient ArmError error;

    ArmRefusal(ArmError error) {
        super(error.code(), null, false, false);
        this.error = error;
    }

    ArmError error() {
        return error;
    }
}
