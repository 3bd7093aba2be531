package dev.redisaccess.emulator.config;

/** The ports to listen on; 0 chooses a free one. */
public record Ports(int arm, int authority, int imds, int appService, int control) {

    static final Ports CHOSEN = new Ports(0, 0, 0, 0, 0);

    public Ports {
        Check.between("arm", arm, 0, 65_535);
        Check.between("authority", authority, 0, 65_535);
        Check.between("imds", imds, 0, 65_535);
        Check.between("appService", appService, 0, 65_535);
        Check.between("control", control, 0, 65_535);
    }
}
