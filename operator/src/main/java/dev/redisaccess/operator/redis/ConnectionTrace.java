package dev.redisaccess.operator.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.resource.DnsResolvers;
import io.lettuce.core.resource.NettyCustomizer;
import io.lettuce.core.resource.SocketAddressResolver;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.net.SocketAddress;

/**
 * Records in each {@link RedisLogin} when its TCP and its TLS connection were established, which Lettuce does not report, and ends
 * a connection that receives more than any verification needs, which Lettuce would keep in memory.
 */
final class ConnectionTrace implements NettyCustomizer {

    /** Bytes of all replies of a connection: those of an ordinary verification have some thousands. */
    static final int MOST_RECEIVED = 1024 * 1024;

    /** Connects a login to the address that was resolved for it. */
    static SocketAddressResolver resolver() {
        return new SocketAddressResolver(DnsResolvers.UNRESOLVED) {
            @Override
            public SocketAddress resolve(RedisURI uri) {
                return uri.getCredentialsProvider() instanceof RedisLogin login ? login.address() : super.resolve(uri);
            }
        };
    }

    @Override
    public void afterChannelInitialized(Channel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls != null) {
            // After TLS, to receive the end of its handshake, which Lettuce's own handlers do not pass on.
            channel.pipeline().addAfter(channel.pipeline().context(tls).name(), "login-trace", new Recorder());
        }
    }

    private static final class Recorder extends ChannelDuplexHandler {
        private RedisLogin login;
        private long received;

        @Override
        public void connect(
                ChannelHandlerContext ctx, SocketAddress remote, SocketAddress local, ChannelPromise promise)
                throws Exception {
            if (remote instanceof RedisLogin.Address address) {
                login = address.login();
                login.setChannel(ctx.channel());
            }
            super.connect(ctx, remote, local, promise);
        }

        /** Behind TLS: what Lettuce would get. */
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
            received += message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
            if (received > MOST_RECEIVED) {
                ReferenceCountUtil.release(message);
                ctx.close();
                return;
            }
            super.channelRead(ctx, message);
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) throws Exception {
            if (login != null) {
                login.setConnected();
            }
            super.channelActive(ctx);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
            if (login != null && event instanceof SslHandshakeCompletionEvent end && end.isSuccess()) {
                login.setSecured();
            }
            super.userEventTriggered(ctx, event);
        }
    }
}
