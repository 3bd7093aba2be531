package dev.redisaccess.operator.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.tls.TestAuthority;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyRulesTest {

    private static final URI PROXY = URI.create("http://proxy.example:3128");

    @TempDir
    private Path directory;

    @ParameterizedTest(name = "NO_PROXY={0}, {1}: direct {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | https://management.azure.com/ | false",
                "* | https://management.azure.com/ | true",
                "azure.com | https://management.azure.com/ | true",
                "azure.com | https://azure.com/ | true",
                "azure.com | https://notazure.com/ | false",
                ".azure.com | https://management.azure.com/ | true",
                ".azure.com | https://azure.com/ | false",
                "*.azure.com | https://management.azure.com/ | true",
                "Management.AZURE.com. | https://management.azure.com/ | true",
                "management.azure.com:443 | https://management.azure.com/ | true",
                "management.azure.com:8443 | https://management.azure.com/ | false",
                "management.azure.com:8443 | https://management.azure.com:8443/ | true",
                "10.0.0.0/8 | https://10.1.2.3/ | true",
                "10.0.0.0/8 | https://11.1.2.3/ | false",
                "10.0.0.0/12 | https://10.15.2.3/ | true",
                "10.0.0.0/12 | https://10.16.2.3/ | false",
                "10.0.0.0/8 | https://ten.example/ | false",
                "0.0.0.0/0 | https://10.16.2.3/ | true",
                "10.0.0.1 | https://10.0.0.1:6443/ | true",
                "10.0.0.1 | https://10.0.0.10/ | false",
                "10.0.0.1:6443 | https://10.0.0.1:6443/ | true",
                "10.0.0.1:6443 | https://10.0.0.1/ | false",
                "fd00::/8 | https://[fd12::1]/ | true",
                "fd00::/8 | https://[fe80::1]/ | false",
                "fd00::/8 | https://10.0.0.1/ | false",
                "::1 | https://[::1]/ | true",
                "[::1]:443 | https://[0:0:0:0:0:0:0:1]/ | true",
                "10.0.0.0/99 | https://10.0.0.1/ | false",
                "10.0.0.0/x | https://10.0.0.1/ | false",
                "/ | https://10.0.0.1/ | false",
                "no-such,.svc,my_host | https://kubernetes.default.svc/ | true",
                "localhost | https://management.azure.com/ | false",
                "'' | http://169.254.169.254/metadata | true",
            })
    void reachesWithoutTheProxyWhatIsNamed(String noProxy, URI url, boolean direct) {
        ProxyRules rules = new ProxyRules(Optional.of(PROXY), Arrays.asList(noProxy.split(",")));
        assertThat(rules.proxyFor(url).isEmpty()).isEqualTo(direct);
        assertThat(rules.select(url)).hasSize(1);
    }

    @Test
    void leavesTheProxysNameToTheProxysConnection() {
        assertThat(new ProxyRules(Optional.of(PROXY), List.of()).proxyFor(URI.create("https://x.example")))
                .contains(InetSocketAddress.createUnresolved("proxy.example", 3128));
    }

    @Test
    void readsTheUserAndThePasswordOfTheUrl() {
        var rules = new ProxyRules(Optional.of(URI.create("http://me:a%40b:c@proxy.example:80")), List.of());
        assertThat(rules.credentials()).hasValueSatisfying(credentials -> {
            assertThat(credentials.getUserName()).isEqualTo("me");
            assertThat(String.valueOf(credentials.getPassword())).isEqualTo("a@b:c");
        });
    }

    @Test
    void sendsHttpsThroughTheProxyUnlessTheHostIsNamed() throws Exception {
        TestAuthority authority = new TestAuthority();
        try (RawServer server = new RawServer(authority).responds(RawServer.text(200, "{}"));
                ConnectProxy proxy = new ConnectProxy(Optional.empty())) {
            for (String noProxy : List.of("other.example", "localhost")) {
                var rules = new ProxyRules(Optional.of(proxy.url()), List.of(noProxy));
                HttpClient client = rules.apply(HttpClient.newBuilder())
                        .sslContext(authority.trusted(directory).sslContext())
                        .build();
                HttpRequest request = HttpRequest.newBuilder(server.url()).build();
                assertThat(new BoundedHttp(client, 1000)
                                .send(request, Duration.ofSeconds(30))
                                .statusCode())
                        .isEqualTo(200);
            }
            assertThat(server.requests()).hasSize(2);
            assertThat(proxy.targets())
                    .containsExactly("localhost:" + server.url().getPort());
        }
    }
}
