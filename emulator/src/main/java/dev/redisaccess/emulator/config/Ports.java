package dev.redisaccess.emulator.config;

import java.util.Optional;

/**
 * The ports to listen on; 0 chooses a free one.
 *
 * @param publicHosts for the names of Azure's public cloud, which are not served without it. Clients that have
 *     those names built in use 443
 */
public record Ports(int arm, int authority, int imds, int appService, int control, Integer publicHosts) {

    static final Ports CHOSEN = new Ports(0, 0, 0, 0, 0, null);

    public Ports {
        Check.between("arm", arm, 0, 65_535);
        Check.between("authority", authority, 0, 65_535);
        Check.between("imds", imds, 0, 65_535);
        Check.between("appService", appService, 0, 65_535);
        Check.between("control", control, 0, 65_535);
        Check.between("publicHosts", publicHosts == null ? 0 : publicHosts, 0, 65_535);
    }

    /** The port of the public names, if configured. */
    public Optional<Integer> forPublicHosts() {
        return Optional.ofNullable(publicHosts);
    }
}
