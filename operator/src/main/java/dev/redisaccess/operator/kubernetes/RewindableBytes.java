package dev.redisaccess.operator.kubernetes;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes that were written and may be taken back: to a mark that the caller remembers. */
final class RewindableBytes {

    private static final int FIRST = 8192;

    private byte[] bytes = new byte[FIRST];
    private int size;

    void write(int one) {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, size * 2);
        }
        bytes[size++] = (byte) one;
    }

    void write(byte[] many) {
        for (byte one : many) {
            write(one);
        }
    }

    int size() {
        return size;
    }

    void backTo(int mark) {
        size = mark;
    }

    /** All that was written. */
    byte[] copy() {
        return Arrays.copyOf(bytes, size);
    }

    /** What was written up to here; what comes after it stays, and begins at zero. */
    ByteBuffer take(int end) {
        ByteBuffer taken = ByteBuffer.wrap(Arrays.copyOf(bytes, end));
        System.arraycopy(bytes, end, bytes, 0, size - end);
        size -= end;
        return taken;
    }
}
