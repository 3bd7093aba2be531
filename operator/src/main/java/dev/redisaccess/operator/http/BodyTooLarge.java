package dev.redisaccess.operator.http;

import java.io.IOException;

/** The body of an answer is larger, or nested deeper, than is read. */
public final class BodyTooLarge extends IOException {

    private static final long serialVersionUID = 1L;

    private BodyTooLarge(String message) {
        super(message);
    }

    static BodyTooLarge bytes(int most) {
        return new BodyTooLarge("The answer is larger than " + most + " bytes");
    }

    static BodyTooLarge levels(int most) {
        return new BodyTooLarge("The answer is nested deeper than " + most + " levels");
    }
}
