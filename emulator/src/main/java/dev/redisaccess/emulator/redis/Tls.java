package dev.redisaccess.emulator.redis;

import io.netty.channel.ChannelHandler;
import io.netty.channel.socket.SocketChannel;
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
     * @throws IllegalArgumentException when there is no usable key in it
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

    ChannelHandler newHandler(SocketChannel client) {
        return context.newHandler(client.alloc());
    }
}
