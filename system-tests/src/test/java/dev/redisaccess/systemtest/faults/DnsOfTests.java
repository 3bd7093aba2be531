package dev.redisaccess.systemtest.faults;

import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Transports;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A DNS server that has no name (NXDOMAIN), and does not respond at all for one. Names in the hosts file need none. */
final class DnsOfTests implements AutoCloseable {

    /** There is no such host. */
    static final String NOWHERE = "nowhere.westus2.redis.azure.net";

    /** The name for which it does not respond. */
    static final String SILENCE = "silence.westus2.redis.azure.net";

    private static final int NXDOMAIN = 3;

    private final DatagramSocket socket;

    DnsOfTests() {
        try {
            socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "dns-of-tests");
        thread.setDaemon(true);
        thread.start();
    }

    /** A resolver that queries this server. */
    ClientResources.Builder resources() {
        return ClientResources.builder()
                .addressResolverGroup(new DnsAddressResolverGroup(new DnsNameResolverBuilder()
                        .datagramChannelType(Transports.datagramChannelClass())
                        .nameServerProvider(new SingletonDnsServerAddressStreamProvider(
                                (InetSocketAddress) socket.getLocalSocketAddress()))));
    }

    /** Sends each query back as its own response, with a response code (RFC 1035, 4.1.1). */
    private void serve() {
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[512], 512);
                socket.receive(packet);
                byte[] data = packet.getData();
                if (!new String(data, 0, packet.getLength(), StandardCharsets.ISO_8859_1).contains("silence")) {
                    data[2] = (byte) 0x81;
                    data[3] = (byte) (0x80 | NXDOMAIN);
                    data[11] = 0; // no additional records
                    socket.send(packet);
                }
            }
        } catch (IOException closed) {
            // the tests are over
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
