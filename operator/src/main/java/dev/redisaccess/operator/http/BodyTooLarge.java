package dev.redisaccess.operator.http;

import java.io.IOException;

/** The body of an answer is too large, or nested too deep. */
public final class BodyTooLarge extends IOException {

    private static final long serialVersionUID = 1L;

    BodyTooLarge(String what) {
        super("The answer is " + what);
    }
}
