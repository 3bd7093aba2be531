package dev.redisaccess.emulator.redis;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Passes the real server's replies to the client, unread. */
final class ToClient extends ChannelInboundHandlerAdapter {
    private final Channel client;

    ToClient(Channel client) {
        this.client = client;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        client.write(message, client.voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        client.flush();
        context.channel().config().setAutoRead(client.isWritable());
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        client.config().setAutoRead(context.channel().isWritable());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        Relay.closeAfterWrites(client);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close(); // the server closed the connection
    }
}
