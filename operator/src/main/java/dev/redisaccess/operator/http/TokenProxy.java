package dev.redisaccess.operator.http;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * The token proxy of an AKS cluster, which is called instead of Entra's token endpoint where an identity has an identity
 * binding. The request is the one for Entra, below the proxy's URL. The proxy listens at the address of the API server, and TLS
 * leads to it by a server name of its own.
 */
public final class TokenProxy {

    private static final int HTTPS = 443;

    private final URI url;
    private final Optional<String> serverName;
    private final HttpClient http;

    /**
     * @param url https, as the workload identity webhook sets it
     * @param serverName for SNI; empty: the host of the URL
     * @param tls verifies the certificate for that name
     * @param rules whether it is reached through a proxy of the network
     * @param builder with the threads and time limits of the client
     */
    public TokenProxy(
            URI url, Optional<String> serverName, SSLContext tls, ProxyRules rules, HttpClient.Builder builder) {
        this.url = url;
        this.serverName = serverName;
        HttpClient.Builder client = rules.apply(builder)
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(tls)
                // By the configured host: the requests have an address.
                .proxy(selector(rules.proxyFor(url)));
        serverName.ifPresent(name -> client.sslParameters(withServerName(name)));
        this.http = client.build();
    }

    private static ProxySelector selector(Optional<InetSocketAddress> proxy) {
        return proxy.map(known -> ProxySelector.of(new InetSocketAddress(known.getHostString(), known.getPort())))
                .orElse(HttpClient.Builder.NO_PROXY);
    }

    private static SSLParameters withServerName(String name) {
        SSLParameters parameters = new SSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(name)));
        return parameters;
    }

    /** For requests to {@link #locate}. */
    public HttpClient http() {
        return http;
    }

    /** The proxy's host, for messages. */
    public String host() {
        return url.getHost();
    }

    /**
     * Where a request for Entra is sent instead.
     *
     * <p>The JDK's client replaces a given server name by the host of the URL, unless that is an address: so the name is
     * resolved here, in each call, because the address of an API server may change.
     *
     * @param entra the URL at Entra
     * @throws IOException if the proxy's host is not in DNS
     */
    public URI locate(URI entra) throws IOException {
        String host = serverName.isPresent() ? address(InetAddress.getByName(url.getHost())) : url.getHost();
        int port = url.getPort() < 0 ? HTTPS : url.getPort();
        String path = Optional.ofNullable(url.getRawPath()).orElse("").replaceAll("/+$", "");
        String query = entra.getRawQuery() == null ? "" : "?" + entra.getRawQuery();
        return URI.create("https://" + host + ":" + port + path + entra.getRawPath() + query);
    }

    private static String address(InetAddress address) {
        String text = address.getHostAddress();
        return address instanceof Inet6Address ? "[" + text.replaceAll("%.*", "") + "]" : text;
    }
}
