package dev.redisaccess.operator.kubernetes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Expands an answer that the API server has compressed, in pieces as it arrives; another one is passed on as it is. The pieces
 * that it returns are small, however much the answer expands.
 *
 * <p>The format is that of RFC 1952. Its checksum is not verified: TLS has protected every byte.
 */
final class GzipExpansion {

    private static final int PIECE = 16 * 1024;
    private static final byte FIRST = 0x1f;
    private static final byte SECOND = (byte) 0x8b;
    private static final byte DEFLATED = 8;
    private static final int FLAGS = 3;

    /** Without optional parts, as the API server writes it. */
    private static final int HEADER = 10;

    /** Takes a part of what was compressed. */
    interface Receiver {
        void receive(ByteBuffer piece) throws IOException;
    }

    private final Receiver receiver;
    private final ByteBuffer header = ByteBuffer.allocate(HEADER);
    private boolean decided;
    private boolean ended;
    private Inflater inflater;

    GzipExpansion(Receiver receiver) {
        this.receiver = receiver;
    }

    /** @throws IOException if the piece can't belong to a compressed answer, or the receiver refuses its content */
    void next(ByteBuffer piece) throws IOException {
        if (!decided && piece.hasRemaining()) {
            decided = true;
            if (piece.get(piece.position()) == FIRST) { // No JSON text begins with it.
                inflater = new Inflater(true);
            }
        }
        if (inflater == null) {
            receiver.receive(piece);
        } else if (!ended) { // What follows the end is ignored.
            readHeader(piece);
            expand(piece);
        }
    }

    private void readHeader(ByteBuffer piece) throws IOException {
        if (!header.hasRemaining()) {
            return;
        }
        while (header.hasRemaining() && piece.hasRemaining()) {
            header.put(piece.get());
        }
        if (!header.hasRemaining()
                && (header.get(1) != SECOND || header.get(2) != DEFLATED || header.get(FLAGS) != 0)) {
            throw new IOException("The API server's answer begins as a compressed one, with a header of another kind");
        }
    }

    private void expand(ByteBuffer piece) throws IOException {
        inflater.setInput(piece);
        byte[] expanded = new byte[PIECE];
        try {
            while (!inflater.finished() && !inflater.needsInput()) {
                int size = inflater.inflate(expanded);
                if (size > 0) {
                    receiver.receive(ByteBuffer.wrap(expanded, 0, size));
                } else if (inflater.needsDictionary()) {
                    throw new IOException("The API server's compressed answer needs a dictionary");
                }
            }
        } catch (DataFormatException e) {
            throw new IOException("The API server's compressed answer is not valid", e);
        }
        if (inflater.finished()) {
            ended = true;
            inflater.end(); // It has native memory.
        }
    }
}
