package dev.redisaccess.operator.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One entry of {@code NO_PROXY}, with the syntax of Go: {@code *}; an address; a network in CIDR notation; a name, which also
 * matches its subdomains; {@code .name} and {@code *.name} for subdomains only. A port may follow all but a network. No name is
 * resolved. An entry that is none of these matches nothing.
 *
 * @param text lower case, without the port
 * @param port empty: every port
 */
record NoProxyEntry(Kind kind, String text, Optional<Integer> port) {

    enum Kind {
        EVERY,
        NETWORK,
        ADDRESS,
        NAME,
        SUBDOMAINS
    }

    private static final Pattern V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern V6 = Pattern.compile("[0-9a-f:.]*:[0-9a-f:.]*");
    private static final Pattern WITH_PORT = Pattern.compile("(\\[[^]]+]|[^:]+):(\\d{1,5})");

    static NoProxyEntry parse(String entry) {
        String given = entry.strip().toLowerCase(Locale.ROOT);
        Matcher ported = WITH_PORT.matcher(given);
        Optional<Integer> port = ported.matches() ? Optional.of(Integer.valueOf(ported.group(2))) : Optional.empty();
        String text = bare(ported.matches() ? ported.group(1) : given);
        if (text.equals("*")) {
            return new NoProxyEntry(Kind.EVERY, text, port);
        }
        if (text.contains("/")) {
            return new NoProxyEntry(Kind.NETWORK, text, port);
        }
        if (address(text).isPresent()) {
            return new NoProxyEntry(Kind.ADDRESS, text, port);
        }
        boolean below = text.startsWith(".") || text.startsWith("*.");
        return new NoProxyEntry(
                below ? Kind.SUBDOMAINS : Kind.NAME, below ? text.substring(text.indexOf('.')) : text, port);
    }

    boolean matches(String host, int hostPort) {
        String name = bare(host.toLowerCase(Locale.ROOT));
        return port.filter(only -> only != hostPort).isEmpty() && matches(name);
    }

    private boolean matches(String host) {
        return switch (kind) {
            case EVERY -> true;
            case NETWORK -> address(host).filter(this::contains).isPresent();
            case ADDRESS -> address(host).equals(address(text));
            case NAME -> !text.isEmpty() && (host.equals(text) || host.endsWith("." + text));
            case SUBDOMAINS -> host.endsWith(text);
        };
    }

    private boolean contains(InetAddress host) {
        String[] parts = text.split("/", 2);
        Optional<InetAddress> network = address(bare(parts[0]));
        if (network.isEmpty() || !parts[1].matches("\\d{1,3}")) {
            return false;
        }
        byte[] one = network.get().getAddress();
        byte[] other = host.getAddress();
        int bits = Integer.parseInt(parts[1]);
        if (one.length != other.length || bits > one.length * Byte.SIZE) {
            return false;
        }
        int whole = bits / Byte.SIZE;
        int mask = 0xFF << (Byte.SIZE - bits % Byte.SIZE);
        return Arrays.equals(one, 0, whole, other, 0, whole)
                && (bits % Byte.SIZE == 0 || ((one[whole] ^ other[whole]) & mask & 0xFF) == 0);
    }

    private static String bare(String host) {
        String text = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    /** Of a literal only, without DNS. */
    private static Optional<InetAddress> address(String text) {
        if (!V4.matcher(text).matches() && !V6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException noAddress) {
            return Optional.empty();
        }
    }
}
