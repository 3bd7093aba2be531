package dev.redisaccess.emulator.entra;

import java.net.URI;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The resources for which tokens are issued: Azure's names, and the emulator's own URLs. The document that describes the cloud
 * has one URL for the address of ARM and for its resource, and so have many SDKs' configurations of a cloud. The port is not
 * compared, because a container's port can be published under another number.
 */
public final class Resources {

    /** The path below ARM's address at which Microsoft Graph is. */
    public static final String GRAPH_PATH = "/graph";

    private final Set<String> hosts;

    /** @param hosts the names under which clients reach the emulator */
    public Resources(Collection<String> hosts) {
        this.hosts = hosts.stream().map(Resources::plain).collect(Collectors.toUnmodifiableSet());
    }

    /** The requested name of a resource, which becomes the token's audience; empty for an unknown one. */
    public Optional<String> audienceFor(String requested) {
        boolean known = isArm(requested) || isGraph(requested) || Resource.REDIS.isNamed(requested);
        return known ? Optional.of(requested) : Optional.empty();
    }

    public boolean isArm(String audience) {
        return Resource.ARM.isNamed(audience) || isOwn(audience, "");
    }

    public boolean isGraph(String audience) {
        return Resource.GRAPH.isNamed(audience) || isOwn(audience, GRAPH_PATH);
    }

    /** Whether a URL with this host, and any port, is one of the emulator. */
    boolean reaches(String hostAndPort) {
        return hosts.contains(plain(hostAndPort.replaceAll(":\\d+$", "")));
    }

    private boolean isOwn(String audience, String path) {
        try {
            URI uri = URI.create(audience);
            String trimmed = uri.getPath() == null ? "" : uri.getPath().replaceAll("/+$", "");
            return "https".equals(uri.getScheme())
                    && uri.getHost() != null
                    && hosts.contains(plain(uri.getHost()))
                    && trimmed.equals(path);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String plain(String host) {
        return host.replaceAll("^\\[|]$", "").toLowerCase(Locale.ROOT);
    }
}
