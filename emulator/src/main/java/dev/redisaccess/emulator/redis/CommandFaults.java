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
 * The first handler of a client's commands: it intercepts those of a fault and passes the others on
 * unchanged. It is in the pipeline only while such a fault is in force, so it may collect whole commands.
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
            return; // incomplete
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
            context.pipeline().firstContext().close(); // bypasses TLS, which would send close_notify first
        }
    }

    /** The index behind an array of bulk strings; other forms are not intercepted. Negative if it is incomplete. */
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
        context.close(); // a client that disconnects is part of the fault
    }
}
