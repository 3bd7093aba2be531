package dev.redisaccess.emulator.redis;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;

/** TLS 1.2 and 1.3 with one certificate, as Azure Managed Redis offers them. */
final class Tls {
    private final SslContext context;

    private Tls(SslContext context) {
        this.context = context;
    }

    /**
     * Reads the key and the chain.
     *
     * @param certificate PKCS12 with an empty password
     * @throws IllegalArgumentException when it has no usable key
     */
    static Tls with(KeyStore certificate) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(certificate, new char[0]);
            return new Tls(SslContextBuilder.forServer(keys)
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .build());
        } catch (GeneralSecurityException | SSLException e) {
            throw new IllegalArgumentException("the certificate must have a key, with an empty password", e);
        }
    }

    /** Terminates TLS on this connection. It is closed on the client's {@code close_notify}, as by a Redis server. */
    void addTo(Channel client) {
        client.pipeline().addLast(context.newHandler(client.alloc()), new CloseWithTheClient());
    }

    /**
     * In TLS 1.3 a {@code close_notify} closes one direction only, and the program decides about the other. A client that waits
     * for it would wait until its own time-out.
     */
    private static final class CloseWithTheClient extends ChannelInboundHandlerAdapter {
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
            if (event instanceof SslCloseCompletionEvent) {
                context.close();
            }
            super.userEventTriggered(context, event);
        }
    }
}
