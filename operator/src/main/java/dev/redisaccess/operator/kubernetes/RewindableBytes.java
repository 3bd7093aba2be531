package dev.redisaccess.operator.kubernetes;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A buffer of bytes that can be truncated to a mark of the caller. */
final class RewindableBytes {

    /** An answer of one object has some 2,000 bytes; a page of a list more than a hundred thousand. */
    private static final int FIRST = 2048;

    private byte[] bytes = new byte[FIRST];
    private int size;

    void write(int one) {
        makeRoom(1);
        bytes[size++] = (byte) one;
    }

    /** @param to exclusive */
    void write(byte[] many, int from, int to) {
        makeRoom(to - from);
        System.arraycopy(many, from, bytes, size, to - from);
        size += to - from;
    }

    private void makeRoom(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    int size() {
        return size;
    }

    void truncate(int mark) {
        size = mark;
    }

    /** All that was written. */
    byte[] copy() {
        return Arrays.copyOf(bytes, size);
    }

    /** Removes and returns the bytes up to here; the rest then begins at zero. */
    ByteBuffer take(int end) {
        ByteBuffer taken = ByteBuffer.wrap(Arrays.copyOf(bytes, end));
        System.arraycopy(bytes, end, bytes, 0, size - end);
        size -= end;
        return taken;
    }
}
