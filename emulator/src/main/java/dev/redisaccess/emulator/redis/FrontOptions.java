package dev.redisaccess.emulator.redis;

import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Objects;

/**
 * Options of one database's front.
 *
 * @param name the database's name, for logs and for the directory of its files; letters, digits, dots and dashes
 * @param bindAddress the address to listen on: an IP address, or {@code 0.0.0.0}
 * @param port the database's port, 0 to 65535; 0 chooses a free one. With a fixed port the shards use free ports from
 *     8500 up, as on Azure; with 0 they use any free ones
 * @param hostName the public name of the database, which is in the certificate
 * @param policy the clustering policy
 * @param shards the number of shards, 1 to 32; only used for {@link ClusteringPolicy#OSSCluster}
 * @param certificate PKCS12 with the key and its chain, password empty
 * @param accessKeysEnabled whether the user {@code default} may log in; the {@link LoginPolicy} still checks the key
 * @param workDirectory the directory of the servers' files; fronts may share it, and then share the unpacked server binary
 */
public record FrontOptions(
        String name,
        String bindAddress,
        int port,
        String hostName,
        ClusteringPolicy policy,
        int shards,
        KeyStore certificate,
        boolean accessKeysEnabled,
        Path workDirectory) {
    private static final int MOST_SHARDS = 32;

    /** Refuses values out of bounds. */
    public FrontOptions {
        Objects.requireNonNull(bindAddress, "bindAddress");
        Objects.requireNonNull(hostName, "hostName");
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(certificate, "certificate");
        Objects.requireNonNull(workDirectory, "workDirectory");
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9.-]{0,99}")) {
            throw new IllegalArgumentException("`name` must be letters, digits, dots and dashes: '" + name + "'");
        }
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("`port` must be 0 to 65535, not " + port);
        }
        if (shards < 1 || shards > MOST_SHARDS) {
            throw new IllegalArgumentException("`shards` must be 1 to " + MOST_SHARDS + ", not " + shards);
        }
    }
}
