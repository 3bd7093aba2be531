package dev.redisaccess.testbed;

/** A run that could not be measured: something that it takes did not come about. */
public final class TestbedFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TestbedFailure(String message) {
        super(message);
    }
}
