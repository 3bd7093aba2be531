package dev.redisaccess.emulator.redis;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A line with the number of the elements or bytes that follow, such as {@code *3} or {@code $5}.
 *
 * @param state whether the line is complete and valid
 * @param number the number; 0 unless {@link State#READ}
 * @param end the index behind the line; 0 unless {@link State#READ}
 */
record RespHeader(State state, int number, int end) {
    private static final int LONGEST = 16;
    private static final Pattern LINE = Pattern.compile("[*$]-?\\d{1,9}\r");

    /** How far a line can be read. */
    enum State {
        READ,
        INCOMPLETE,
        MALFORMED
    }

    static RespHeader at(ByteBuf in, int from, char marker) {
        int end = in.indexOf(from, Math.min(in.writerIndex(), from + LONGEST), (byte) '\n');
        if (end < 0) {
            boolean mayFollow = in.writerIndex() - from < LONGEST;
            return new RespHeader(mayFollow ? State.INCOMPLETE : State.MALFORMED, 0, 0);
        }
        String line = in.toString(from, end - from, StandardCharsets.US_ASCII);
        if (!LINE.matcher(line).matches() || line.charAt(0) != marker) {
            return new RespHeader(State.MALFORMED, 0, 0);
        }
        return new RespHeader(State.READ, Integer.parseInt(line.substring(1, line.length() - 1)), end + 1);
    }

    boolean isRead() {
        return state == State.READ;
    }

    boolean isReadAndNotNegative() {
        return state == State.READ && number >= 0;
    }
}
