package dev.redisaccess.operator.kubernetes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Reads a JSON text in pieces and returns, in pieces, a JSON text of the part that is kept. It holds no more than one object of
 * Kubernetes, and of that only what is kept: a page of a LIST may have any size.
 *
 * <p>It works on bytes, because a parser would hold each text and each name as a whole, and a tenant decides about their number
 * and length. The output for invalid JSON is invalid JSON, which the reader reports.
 */
final class JsonFilter {

    /** Replaces a text that is too long: a value that is valid in no field, so that its reader reports it. */
    private static final byte[] TOO_LONG = "\"(too long)\"".getBytes(StandardCharsets.UTF_8);

    /** No name that Kubernetes allows is longer: 317 characters of ASCII. */
    private static final int LONGEST_NAME = 512;

    /** Kubernetes refuses deeper objects long before. */
    private static final int DEEPEST = 512;

    /** An object or array that has not ended. */
    private static final class Level {
        final boolean array;
        final JsonSelection kept;
        boolean empty = true;
        JsonSelection member = JsonSelection.ALL;

        Level(boolean array, JsonSelection kept) {
            this.array = array;
            this.kept = kept;
        }
    }

    private final Runnable leftOut;
    private final JsonSelection root;
    private final Deque<Level> levels = new ArrayDeque<>();
    private final RewindableBytes out = new RewindableBytes();
    private final RewindableBytes name = new RewindableBytes();

    private boolean text;
    private boolean escaped;
    private boolean inName;
    private boolean nameNext;
    private boolean literal;

    /** Open containers in the value that is skipped; -1: nothing is skipped. */
    private int skipped = -1;

    private int textStart;
    private int longest = Integer.MAX_VALUE;

    /** Of the object of Kubernetes that has not ended: its start, and the levels around it. */
    private int objectStart = -1;

    private int objectLevels;
    private int objectBytes;
    private boolean firstObject;

    /**
     * @param root what is kept of the whole text
     * @param leftOut called for each object of Kubernetes that is left out because it is too large
     */
    JsonFilter(JsonSelection root, Runnable leftOut) {
        this.root = root;
        this.leftOut = leftOut;
    }

    /** Reads the next piece, and returns the complete part of what is kept; it may be empty. */
    ByteBuffer next(ByteBuffer piece) throws IOException {
        byte[] bytes = new byte[piece.remaining()];
        piece.get(bytes);
        int at = 0;
        while (at < bytes.length) {
            int end = plainTo(bytes, at);
            if (end > at) {
                plain(bytes, at, end);
            } else {
                accept(bytes[at]);
            }
            at = Math.max(end, at + 1);
            if (objectStart >= 0 && out.size() - objectStart > objectBytes) {
                leaveOut();
            }
        }
        return complete();
    }

    /** The end of the part of a text in which no byte has a meaning: only its end and an escape have. */
    private int plainTo(byte[] bytes, int from) {
        int at = from;
        if (text && !escaped) {
            while (at < bytes.length && bytes[at] != '"' && bytes[at] != '\\') {
                at++;
            }
        }
        return at;
    }

    private void plain(byte[] bytes, int from, int to) {
        if (inName) {
            int room = LONGEST_NAME + 1 - name.size();
            name.write(bytes, from, Math.min(to, from + Math.max(room, 0)));
        } else if (skipped < 0) {
            out.write(bytes, from, to);
            endIfTooLong();
        }
    }

    /** All but the object or text that has not ended, which may have to be removed again. */
    private ByteBuffer complete() {
        int end = out.size();
        if (objectStart >= 0) {
            end = objectStart;
            objectStart = 0;
        } else if (text && !inName && skipped < 0) {
            end = textStart;
        }
        textStart -= end;
        return out.take(end);
    }

    private void accept(byte next) throws IOException {
        if (text) {
            textByte(next);
            return;
        }
        switch (next) {
            case '"' -> beginText();
            case '{', '[' -> begin(next);
            case '}', ']' -> end(next);
            case ',' -> {
                endLiteral();
                nameNext = !levels.isEmpty() && !levels.peek().array;
            }
            case ':' -> nameNext = false;
            case ' ', '\n', '\r', '\t' -> endLiteral();
            default -> literalByte(next);
        }
    }

    private void textByte(byte next) {
        boolean ends = next == '"' && !escaped;
        escaped = next == '\\' && !escaped;
        if (inName) {
            if (name.size() <= LONGEST_NAME) {
                name.write(next);
            }
            if (ends) {
                endName();
            }
            return;
        }
        if (skipped < 0) {
            out.write(next);
            endIfTooLong();
        }
        if (ends) {
            text = false;
            endSkipped();
        }
    }

    private void endIfTooLong() {
        if (out.size() - textStart - 2 > longest) {
            out.truncate(textStart);
            out.write(TOO_LONG, 0, TOO_LONG.length);
            skipped = 0;
        }
    }

    private void beginText() {
        text = true;
        if (nameNext && skipped < 0) {
            inName = true;
            name.truncate(0);
            name.write('"');
            return;
        }
        if (skipped < 0) {
            JsonSelection kept = beginValue();
            if (kept.isKept()) {
                textStart = out.size();
                longest = kept.longest();
                out.write('"');
            } else {
                skipped = 0;
            }
        }
    }

    private void endName() {
        text = false;
        inName = false;
        Level level = levels.peek();
        byte[] quoted = name.copy();
        level.member = quoted.length > LONGEST_NAME
                ? JsonSelection.NONE
                : level.kept.member(new String(quoted, 1, quoted.length - 2, StandardCharsets.UTF_8));
    }

    /** What is kept of the value that begins; what comes before it is written if anything is. */
    private JsonSelection beginValue() {
        Level level = levels.peek();
        if (level == null) {
            objectBegins(root, null);
            return root;
        }
        JsonSelection kept = level.array ? level.kept.element() : level.member;
        if (!kept.isKept()) {
            return kept;
        }
        objectBegins(kept, level);
        if (!level.empty) {
            out.write(',');
        }
        level.empty = false;
        if (!level.array) {
            byte[] quoted = name.copy();
            out.write(quoted, 0, quoted.length);
            name.truncate(0);
            out.write(':');
        }
        return kept;
    }

    private void objectBegins(JsonSelection kept, Level parent) {
        if (kept.objectBytes() > 0) {
            objectStart = out.size();
            objectLevels = levels.size();
            objectBytes = kept.objectBytes();
            firstObject = parent != null && parent.empty;
        }
    }

    private void begin(byte bracket) throws IOException {
        if (skipped >= 0) {
            skipped++;
            return;
        }
        JsonSelection kept = beginValue();
        if (!kept.isKept()) {
            skipped = 1;
            return;
        }
        if (levels.size() == DEEPEST) {
            throw new IOException("The API server's answer is nested more than " + DEEPEST + " levels deep");
        }
        levels.push(new Level(bracket == '[', kept));
        nameNext = bracket == '{';
        out.write(bracket);
    }

    private void end(byte bracket) throws IOException {
        endLiteral();
        if (skipped > 0) {
            skipped--;
            endSkipped();
            return;
        }
        if (levels.isEmpty()) {
            throw new IOException("The API server's answer is not JSON");
        }
        levels.pop();
        nameNext = false;
        out.write(bracket);
        if (objectStart >= 0 && levels.size() == objectLevels) {
            objectStart = -1;
        }
    }

    private void literalByte(byte next) {
        if (!literal) {
            literal = true;
            if (skipped < 0 && !beginValue().isKept()) {
                skipped = 0;
            }
        }
        if (skipped < 0) {
            out.write(next);
        }
    }

    private void endLiteral() {
        if (literal) {
            literal = false;
            endSkipped();
        }
    }

    private void endSkipped() {
        if (skipped == 0) {
            skipped = -1;
        }
    }

    /** The rest of the object is skipped: as many levels as are open in it. */
    private void leaveOut() {
        leftOut.run();
        out.truncate(objectStart);
        int open = levels.size() - objectLevels;
        skipped = Math.max(skipped, 0) + open;
        for (int level = 0; level < open; level++) {
            levels.pop();
        }
        if (!levels.isEmpty()) {
            levels.peek().empty = firstObject;
        }
        inName = false;
        nameNext = false;
        objectStart = -1;
    }
}
