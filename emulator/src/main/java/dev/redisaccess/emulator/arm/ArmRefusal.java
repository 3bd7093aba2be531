package dev.redisaccess.emulator.arm;

/** Ends the handling of a request with an error response. Has no stack trace, because it is no failure of the emulator. */
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
