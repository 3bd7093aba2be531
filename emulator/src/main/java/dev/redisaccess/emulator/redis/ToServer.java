package dev.redisaccess.emulator.redis;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Passes a client's commands to the real server, and rewrites its logins. */
final class ToServer extends ChannelInboundHandlerAdapter {
    private final Channel server;
    private final Session session;
    private final Logins logins;

    ToServer(Channel server, Session session, Logins logins) {
        this.server = server;
        this.session = session;
        this.logins = logins;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof LoginCommand login) {
            Logins.Verdict verdict = logins.judge(login);
            verdict.expires().ifPresent(session::extendTo);
            ByteBuf rewritten = login.as(verdict.credentials(), context.alloc());
            server.write(rewritten, server.voidPromise());
        } else if (message != CommandEnd.HERE) {
            server.write(message, server.voidPromise());
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        server.flush();
        context.channel().config().setAutoRead(server.isWritable());
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        server.config().setAutoRead(context.channel().isWritable());
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        Relay.closeAfterWrites(server);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // The client reports a failed handshake or a cut connection; the message here could quote what it sent.
        context.close();
    }
}
