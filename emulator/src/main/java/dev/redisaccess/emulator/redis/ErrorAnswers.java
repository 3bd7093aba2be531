package dev.redisaccess.emulator.redis;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;

/** Replies to every command with the same error, without a server; or only to the first, and then closes the connection. */
final class ErrorAnswers extends ChannelInboundHandlerAdapter {
    private final String error;
    private final boolean closeAfterFirst;

    private ErrorAnswers(String error, boolean closeAfterFirst) {
        this.error = error;
        this.closeAfterFirst = closeAfterFirst;
    }

    static ErrorAnswers toEvery(String error) {
        return new ErrorAnswers(error, false);
    }

    static ErrorAnswers once(String error) {
        return new ErrorAnswers(error, true);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message);
        if (message != CommandEnd.HERE && !(message instanceof LoginCommand)) {
            return; // bytes of a command that is not complete yet
        }
        var written = context.writeAndFlush(Unpooled.copiedBuffer("-" + error + "\r\n", StandardCharsets.US_ASCII));
        if (closeAfterFirst) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close(); // a client that disconnects is part of the fault
    }
}
