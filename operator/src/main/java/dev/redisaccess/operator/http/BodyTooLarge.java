package dev.redisaccess.operator.http;

import java.io.IOException;

/** The body of an answer is larger than the limit for it. The rest of it was not read, and its connection is closed. */
public final class BodyTooLarge extends IOException {

    private static final long serialVersionUID = 1L;

    BodyTooLarge(int mostBytes) {
        super("The answer is larger than " + mostBytes + " bytes");
    }
}
