package dev.redisaccess.emulator.redis;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a client's bytes into {@link LoginCommand}s and everything else, which is passed on as bytes, not collected, with a
 * {@link CommandEnd} behind each command.
 * It follows the framing of RESP (arrays of bulk strings, and inline commands) only as far as is needed to find where a
 * command begins. Malformed bytes are passed on unread, so that the real server refuses them with its own error; a token in
 * them is no valid password there.
 */
final class CommandDecoder extends ByteToMessageDecoder {
    /** Redis itself refuses longer inline commands, and much shorter arguments before the login. */
    private static final int LONGEST_LOGIN = 64 * 1024;

    private static final int MOST_LOGIN_WORDS = 16;

    private enum State {
        COMMAND,
        BULK_HEADER,
        BULK_BODY,
        UNREADABLE
    }

    private State state = State.COMMAND;
    private int bulksLeft;
    private int bytesLeft;

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        switch (state) {
            case COMMAND -> command(in, out);
            case BULK_HEADER -> bulkHeader(in, out);
            case BULK_BODY -> bulkBody(in, out);
            case UNREADABLE -> forward(in, out, in.writerIndex());
        }
    }

    private void command(ByteBuf in, List<Object> out) {
        if (in.getByte(in.readerIndex()) != '*') {
            inline(in, out);
            return;
        }
        RespHeader array = RespHeader.at(in, in.readerIndex(), '*');
        if (array.isRead() && array.number() <= 0) {
            forward(in, out, array.end()); // an empty command, which Redis skips
        } else if (array.isRead()) {
            array(in, out, array);
        } else {
            waitUnlessMalformed(array, in, out);
        }
    }

    private void array(ByteBuf in, List<Object> out, RespHeader array) {
        RespHeader name = RespHeader.at(in, array.end(), '$');
        if (!name.isReadAndNotNegative()) {
            waitUnlessMalformed(name, in, out);
            return;
        }
        boolean shortEnough = array.number() <= MOST_LOGIN_WORDS;
        if (!shortEnough || !LoginCommand.mayHaveNameOfLength(name.number())) {
            passOn(in, out, array.number(), name);
        } else if (in.writerIndex() >= name.end() + name.number()) {
            String word = in.toString(name.end(), name.number(), StandardCharsets.US_ASCII);
            if (LoginCommand.isName(word)) {
                login(in, out, array);
            } else {
                passOn(in, out, array.number(), name);
            }
        }
    }

    /** Passes a command on from its header; the bytes after its name's header are counted, not collected. */
    private void passOn(ByteBuf in, List<Object> out, int bulks, RespHeader name) {
        bulksLeft = bulks;
        startBulk(in, out, name);
    }

    private void bulkHeader(ByteBuf in, List<Object> out) {
        RespHeader bulk = RespHeader.at(in, in.readerIndex(), '$');
        if (bulk.isReadAndNotNegative()) {
            startBulk(in, out, bulk);
        } else {
            waitUnlessMalformed(bulk, in, out);
        }
    }

    private void startBulk(ByteBuf in, List<Object> out, RespHeader bulk) {
        forward(in, out, bulk.end());
        bulksLeft--;
        bytesLeft = bulk.number() + 2;
        state = State.BULK_BODY;
    }

    private void bulkBody(ByteBuf in, List<Object> out) {
        int length = Math.min(bytesLeft, in.readableBytes());
        forward(in, out, in.readerIndex() + length);
        bytesLeft -= length;
        if (bytesLeft == 0) {
            state = bulksLeft == 0 ? State.COMMAND : State.BULK_HEADER;
            if (bulksLeft == 0) {
                out.add(CommandEnd.HERE);
            }
        }
    }

    private void login(ByteBuf in, List<Object> out, RespHeader array) {
        List<byte[]> words = new ArrayList<>();
        int at = array.end();
        for (int i = 0; i < array.number(); i++) {
            RespHeader bulk = RespHeader.at(in, at, '$');
            if (!bulk.isReadAndNotNegative()) {
                waitUnlessMalformed(bulk, in, out);
                return;
            }
            at = bulk.end() + bulk.number() + 2;
            if (at - in.readerIndex() > LONGEST_LOGIN) {
                giveUp(in, out);
                return;
            }
            if (at > in.writerIndex()) {
                return;
            }
            words.add(ByteBufUtil.getBytes(in, bulk.end(), bulk.number()));
        }
        emit(in, out, words, at);
    }

    private void inline(ByteBuf in, List<Object> out) {
        int end = in.indexOf(in.readerIndex(), in.writerIndex(), (byte) '\n');
        if (end >= 0) {
            String line = in.toString(in.readerIndex(), end - in.readerIndex(), StandardCharsets.UTF_8);
            List<byte[]> words = new ArrayList<>();
            for (String word : line.strip().split("\\s+")) {
                words.add(word.getBytes(StandardCharsets.UTF_8));
            }
            emit(in, out, words, end + 1);
        } else if (in.readableBytes() > LONGEST_LOGIN) {
            giveUp(in, out);
        }
    }

    private static void emit(ByteBuf in, List<Object> out, List<byte[]> words, int end) {
        LoginCommand.of(words)
                .ifPresentOrElse(
                        login -> {
                            in.readerIndex(end);
                            out.add(login);
                        },
                        () -> {
                            forward(in, out, end);
                            if (words.get(0).length > 0) { // Redis skips an empty line without a reply
                                out.add(CommandEnd.HERE);
                            }
                        });
    }

    private void waitUnlessMalformed(RespHeader header, ByteBuf in, List<Object> out) {
        if (header.state() != RespHeader.State.INCOMPLETE) {
            giveUp(in, out);
        }
    }

    private void giveUp(ByteBuf in, List<Object> out) {
        state = State.UNREADABLE;
        forward(in, out, in.writerIndex());
    }

    private static void forward(ByteBuf in, List<Object> out, int end) {
        out.add(in.readRetainedSlice(end - in.readerIndex()));
    }
}
