package dev.redisaccess.operator.telemetry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/**
 * One connection of {@link SmallHttpServer}: reads a request, sends the answer, and so on, never waiting for the client.
 * After its last answer, further bytes of the client are discarded for a moment: to close at once would reset the connection,
 * and the client might lose the answer.
 */
final class HttpConnection {

    /** Bytes of a request line with its header fields. */
    static final int MAX_HEAD = 8 * 1024;

    /** Requests on one connection. */
    private static final int MAX_REQUESTS = 100;

    /** Bytes that are discarded after the last answer. */
    private static final int MAX_DISCARDED = 64 * 1024;

    private static final String END_OF_HEAD = "\r\n\r\n";

    private final SocketChannel channel;
    private final SelectionKey key;
    private final StringBuilder head = new StringBuilder();
    private ByteBuffer unsent = ByteBuffer.allocate(0);
    private boolean ending;
    private int requests;
    private int discarded;
    private long since = System.nanoTime();

    HttpConnection(SocketChannel channel, SelectionKey key) {
        this.channel = channel;
        this.key = key;
    }

    /** When it was opened, or its last answer was sent, by {@link System#nanoTime()}. Single bytes change nothing. */
    long since() {
        return since;
    }

    /**
     * Reads or writes what is possible now.
     *
     * @param buffer shared by all connections
     * @return false: it is to be closed
     * @throws IOException if the client has reset the connection
     */
    boolean advance(ByteBuffer buffer, Function<RequestHead, HttpAnswer> answers) throws IOException {
        if (unsent.hasRemaining()) {
            return send();
        }
        int read = channel.read(buffer.clear());
        if (read < 0) {
            return false;
        }
        if (ending) {
            discarded += read;
            return discarded <= MAX_DISCARDED;
        }
        head.append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
        int end = head.indexOf(END_OF_HEAD);
        if (end < 0) {
            return head.length() <= MAX_HEAD || answer(HttpAnswer.TOO_LONG, true, false);
        }
        return end > MAX_HEAD ? answer(HttpAnswer.TOO_LONG, true, false) : respond(end, answers);
    }

    private boolean respond(int end, Function<RequestHead, HttpAnswer> answers) throws IOException {
        Optional<RequestHead> parsed = RequestHead.parse(head.substring(0, end));
        if (parsed.isEmpty()) {
            return answer(HttpAnswer.BAD_REQUEST, true, false);
        }
        // More bytes are a body, or a pipelined request: neither is read.
        boolean more = head.length() > end + END_OF_HEAD.length();
        requests++;
        RequestHead request = parsed.get();
        return answer(
                answers.apply(request),
                !request.method().equals("HEAD"),
                request.persistent() && !more && requests < MAX_REQUESTS);
    }

    private boolean answer(HttpAnswer answer, boolean withBody, boolean persistent) throws IOException {
        head.setLength(0);
        head.trimToSize();
        ending = !persistent;
        unsent = answer.bytes(withBody, persistent);
        return send();
    }

    private boolean send() throws IOException {
        channel.write(unsent);
        if (unsent.hasRemaining()) {
            key.interestOps(SelectionKey.OP_WRITE);
            return true;
        }
        unsent = ByteBuffer.allocate(0);
        since = System.nanoTime();
        if (ending) {
            channel.shutdownOutput();
        }
        key.interestOps(SelectionKey.OP_READ);
        return true;
    }

    void close() {
        key.cancel();
        try {
            channel.close();
        } catch (IOException gone) {
            // There is nothing left to close.
        }
    }
}
