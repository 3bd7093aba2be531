package dev.redisaccess.emulator.redis;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Stands before everything else that reads a client's commands, and keeps those that a fault concerns. The others go on as
 * they came. Only there while such a fault is on, so it may collect commands whole.
 */
final class CommandFaults extends ByteToMessageDecoder {
    private final List<RedisFault.OfCommands> faults;

    CommandFaults(List<RedisFault.OfCommands> faults) {
        this.faults = faults;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        int end = endOfCommand(in);
        if (end < 0) {
            return; // more of it will come
        }
        String name = name(in);
        ByteBuf command = in.readRetainedSlice(end - in.readerIndex());
        faults.stream()
                .filter(fault -> fault.commands().contains(name))
                .findFirst()
                .ifPresentOrElse(fault -> happen(context, fault, command), () -> out.add(command));
    }

    private static void happen(ChannelHandlerContext context, RedisFault.OfCommands fault, ByteBuf command) {
        command.release();
        if (fault instanceof RedisFault.AnswerCommands answer) {
            context.writeAndFlush(Unpooled.copiedBuffer(answer.line() + "\r\n", StandardCharsets.US_ASCII));
        } else if (fault instanceof RedisFault.CloseAtCommands) {
            context.close();
        } else if (fault instanceof RedisFault.ResetAtCommands) {
            context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
            context.pipeline().firstContext().close(); // past TLS, which would say goodbye first
        }
    }

    /** Behind an array of bulk strings; what is anything else is none of these faults' business. Negative: not all is there. */
    private static int endOfCommand(ByteBuf in) {
        RespHeader array = RespHeader.at(in, in.readerIndex(), '*');
        if (!array.isReadAndNotNegative()) {
            return array.state() == RespHeader.State.INCOMPLETE ? -1 : in.writerIndex();
        }
        int at = array.end();
        for (int i = 0; i < array.number(); i++) {
            RespHeader bulk = RespHeader.at(in, at, '$');
            if (!bulk.isReadAndNotNegative()) {
                return bulk.state() == RespHeader.State.INCOMPLETE ? -1 : in.writerIndex();
            }
            at = bulk.end() + bulk.number() + 2;
            if (at > in.writerIndex()) {
                return -1;
            }
        }
        return at;
    }

    private static String name(ByteBuf in) {
        RespHeader array = RespHeader.at(in, in.readerIndex(), '*');
        if (!array.isRead() || array.number() < 1) {
            return "";
        }
        RespHeader bulk = RespHeader.at(in, array.end(), '$');
        return bulk.isReadAndNotNegative()
                ? in.toString(bulk.end(), bulk.number(), StandardCharsets.US_ASCII)
                        .toLowerCase(Locale.ROOT)
                : "";
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close(); // a client that goes away is part of the fault
    }
}
