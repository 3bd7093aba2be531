package dev.redisaccess.operator.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.resource.DnsResolvers;
import io.lettuce.core.resource.NettyCustomizer;
import io.lettuce.core.resource.SocketAddressResolver;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.SocketAddress;

/**
 * Watches the shared client's connections for their attempts: Lettuce itself tells neither when TCP stood nor when TLS
 * did.
 */
final class ConnectionTrace implements NettyCustomizer {

    /** Leads a connection to the address that its attempt has resolved. */
    static SocketAddressResolver resolver() {
        return new SocketAddressResolver(DnsResolvers.UNRESOLVED) {
            @Override
            public SocketAddress resolve(RedisURI uri) {
                return uri.getCredentialsProvider() instanceof RedisLogin attempt
                        ? attempt.target()
                        : super.resolve(uri);
            }
        };
    }

    @Override
    public void afterChannelInitialized(Channel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls != null) {
            // Behind TLS, to see its handshake end; Lettuce's own handlers do not pass that on.
            channel.pipeline().addAfter(channel.pipeline().context(tls).name(), "check-trace", new Recorder());
        }
    }

    private static final class Recorder extends ChannelDuplexHandler {
        private RedisLogin attempt;

        @Override
        public void connect(
                ChannelHandlerContext ctx, SocketAddress remote, SocketAddress local, ChannelPromise promise)
                throws Exception {
            if (remote instanceof RedisLogin.Target target) {
                attempt = target.attempt();
                attempt.connecting(ctx.channel());
            }
            super.connect(ctx, remote, local, promise);
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) throws Exception {
            if (attempt != null) {
                attempt.connected();
            }
            super.channelActive(ctx);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
            if (attempt != null && event instanceof SslHandshakeCompletionEvent end && end.isSuccess()) {
                attempt.secured();
            }
            super.userEventTriggered(ctx, event);
        }
    }
}
