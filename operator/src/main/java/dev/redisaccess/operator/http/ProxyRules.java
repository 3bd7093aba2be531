package dev.redisaccess.operator.http;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Optional;

/**
 * The proxy for https, and the hosts that are reached without it. The local address is no exception: as with curl, every host
 * that {@code NO_PROXY} does not name is reached through the proxy. Plain http, which is the metadata endpoint of a virtual
 * machine only, never uses it.
 */
public final class ProxyRules extends ProxySelector {

    /** The JDK sends a password to a proxy in clear text only if this property is set, and empty. */
    public static final String DISABLED_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";

    private static final List<Proxy> DIRECT = List.of(Proxy.NO_PROXY);

    private final Optional<URI> proxy;
    private final List<NoProxyEntry> exceptions;

    /**
     * @param proxy http, with a port; may hold a user and a password; empty: no proxy
     * @param exceptions the entries of {@code NO_PROXY}
     */
    public ProxyRules(Optional<URI> proxy, List<String> exceptions) {
        this.proxy = proxy;
        this.exceptions = exceptions.stream().map(NoProxyEntry::parse).toList();
    }

    /** Whether there is a proxy at all. */
    public boolean isEmpty() {
        return proxy.isEmpty();
    }

    /** Configures a client. Without a proxy it keeps the settings of the JVM. */
    public HttpClient.Builder apply(HttpClient.Builder builder) {
        if (proxy.isEmpty()) {
            return builder;
        }
        credentials().ifPresent(credentials -> builder.authenticator(new ProxyLogin(credentials)));
        return builder.proxy(this);
    }

    /** The proxy for this URL, unresolved; empty: none. */
    public Optional<InetSocketAddress> proxyFor(URI url) {
        boolean https = "https".equalsIgnoreCase(url.getScheme()) && url.getHost() != null;
        int port = url.getPort() < 0 ? 443 : url.getPort();
        return proxy.filter(any ->
                        https && exceptions.stream().noneMatch(exception -> exception.matches(url.getHost(), port)))
                .map(any -> InetSocketAddress.createUnresolved(any.getHost(), any.getPort()));
    }

    /** The user and password in the proxy's URL. */
    public Optional<PasswordAuthentication> credentials() {
        return proxy.map(URI::getUserInfo).map(user -> {
            int colon = user.indexOf(':');
            return colon < 0
                    ? new PasswordAuthentication(user, new char[0])
                    : new PasswordAuthentication(
                            user.substring(0, colon), user.substring(colon + 1).toCharArray());
        });
    }

    @Override
    public List<Proxy> select(URI url) {
        return proxyFor(url)
                .map(address -> List.of(new Proxy(Proxy.Type.HTTP, address)))
                .orElse(DIRECT);
    }

    @Override
    public void connectFailed(URI url, SocketAddress address, IOException failure) {
        // The call fails with an exception of its own.
    }

    /** For a proxy only: a server gets no password. */
    private static final class ProxyLogin extends Authenticator {
        private final PasswordAuthentication credentials;

        ProxyLogin(PasswordAuthentication credentials) {
            this.credentials = credentials;
        }

        @Override
        protected PasswordAuthentication getPasswordAuthentication() {
            return getRequestorType() == RequestorType.PROXY ? credentials : null;
        }
    }
}
