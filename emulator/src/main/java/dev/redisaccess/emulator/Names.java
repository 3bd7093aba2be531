package dev.redisaccess.emulator;

import dev.redisaccess.emulator.config.ClusterConfig;
import dev.redisaccess.emulator.config.EmulatorConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The names under which clients reach this emulator. */
final class Names {

    private Names() {}

    /** Every name that the server certificate is for. */
    static Set<String> of(EmulatorConfig config) {
        Set<String> names = new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "::1"));
        config.clusters().stream().map(ClusterConfig::hostName).forEach(names::add);
        config.ports().forPublicHosts().ifPresent(port -> names.addAll(PublicHosts.names()));
        if (!address(config.bind()).isAnyLocalAddress()) {
            names.add(config.bind());
        }
        return names;
    }

    /** The name in URLs: {@code localhost}, unless only another address is listened on. */
    static String publicName(EmulatorConfig config) {
        InetAddress address = address(config.bind());
        return address.isAnyLocalAddress() || address.isLoopbackAddress() ? "localhost" : config.bind();
    }

    private static InetAddress address(String bind) {
        return new InetSocketAddress(bind, 0).getAddress() == null
                ? InetAddress.getLoopbackAddress()
                : new InetSocketAddress(bind, 0).getAddress();
    }
}
