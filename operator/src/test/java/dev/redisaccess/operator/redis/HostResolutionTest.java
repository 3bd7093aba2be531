package dev.redisaccess.operator.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.ClusteringPolicy;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.WorkloadToken;
import dev.redisaccess.operator.tls.TrustedAuthorities;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Transports;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DNS responses, and what they add to the message of a connection that fails. */
class HostResolutionTest {

    private static final int NXDOMAIN = 3;
    private static final int SERVFAIL = 2;

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, private",
        "172.16.0.9, private",
        "192.168.7.1, private",
        "127.0.0.1, private",
        "fd12:3456::1, private",
        "fe80::1, private",
        "20.51.3.4, public",
        "172.32.0.1, public",
        "2603:1030::5, public"
    })
    void privateAddressesAreDistinguished(String address, String kind) throws IOException {
        assertThat(HostResolver.describe(InetAddress.getByName(address))).startsWith("the " + kind + " address ");
    }

    @Test
    void aNameThatDoesNotExistIsNotFound() throws IOException {
        Problem problem = verify(NXDOMAIN, Duration.ofSeconds(20));

        assertThat(problem.reason()).as(problem.message()).isEqualTo(Reason.HOST_NOT_FOUND);
        assertThat(problem.message()).contains("privatelink.redis.azure.net");
    }

    @Test
    void aDnsErrorIsNotReportedAsAMissingName() throws IOException {
        Problem problem = verify(SERVFAIL, Duration.ofSeconds(20));

        assertThat(problem.reason()).as(problem.message()).isEqualTo(Reason.DNS_TIMEOUT);
    }

    @Test
    void aSilentDnsServerIsATimeout() throws IOException {
        assertThat(verify(-1, Duration.ofSeconds(1)).reason()).isEqualTo(Reason.DNS_TIMEOUT);
    }

    @Test
    void aHostThatAcceptsNoConnectionIsAConnectTimeoutThatNamesTheAddress() throws IOException {
        List<Socket> filling = new ArrayList<>();
        // A full backlog drops connections, as a firewall does.
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                LettuceVerifier verifier = new LettuceVerifier(TrustedAuthorities.jvmDefault())) {
            for (int i = 0; i < 4; i++) {
                Socket socket = new Socket();
                filling.add(socket);
                try {
                    socket.connect(full.getLocalSocketAddress(), 200);
                } catch (IOException e) {
                    break;
                }
            }
            WorkloadToken token = VerifierFixture.strangersToken();
            Endpoint endpoint = new Endpoint("localhost", full.getLocalPort());

            Problem problem = VerifierFixture.problem(
                    verifier.verify(
                            endpoint, ClusteringPolicy.NoCluster, token, Optional.empty(), Duration.ofSeconds(2)),
                    token);

            assertThat(problem.reason()).as(problem.message()).isEqualTo(Reason.CONNECT_TIMEOUT);
            assertThat(problem.message()).contains("resolved to the private address `127.0.0.1`");
        } finally {
            for (Socket socket : filling) {
                socket.close();
            }
        }
    }

    private static Problem verify(int responseCode, Duration timeout) throws IOException {
        try (DatagramSocket dns = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                LettuceVerifier verifier = new LettuceVerifier(TrustedAuthorities.jvmDefault(), resources(dns))) {
            respond(dns, responseCode);
            WorkloadToken token = VerifierFixture.strangersToken();
            Endpoint endpoint = new Endpoint("orders.westus2.redis.azure.net", 10000);
            return VerifierFixture.problem(
                    verifier.verify(endpoint, ClusteringPolicy.NoCluster, token, Optional.empty(), timeout), token);
        }
    }

    private static ClientResources.Builder resources(DatagramSocket dns) {
        return ClientResources.builder()
                .addressResolverGroup(new DnsAddressResolverGroup(new DnsNameResolverBuilder()
                        .datagramChannelType(Transports.datagramChannelClass())
                        .nameServerProvider(new SingletonDnsServerAddressStreamProvider(
                                (InetSocketAddress) dns.getLocalSocketAddress()))));
    }

    /** Sends each query back as its own response, with a response code (RFC 1035, 4.1.1); a negative one: silence. */
    private static void respond(DatagramSocket dns, int responseCode) {
        Thread thread = new Thread(
                () -> {
                    try {
                        while (responseCode >= 0) {
                            DatagramPacket packet = new DatagramPacket(new byte[512], 512);
                            dns.receive(packet);
                            packet.getData()[2] = (byte) 0x81;
                            packet.getData()[3] = (byte) (0x80 | responseCode);
                            packet.getData()[11] = 0; // no additional records
                            dns.send(packet);
                        }
                    } catch (IOException e) {
                        // closed
                    }
                },
                "dns");
        thread.setDaemon(true);
        thread.start();
    }
}
