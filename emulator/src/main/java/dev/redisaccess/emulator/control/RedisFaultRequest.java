package dev.redisaccess.emulator.control;

import dev.redisaccess.emulator.redis.RedisFault;
import dev.redisaccess.emulator.tls.CertificateAuthority;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;

/**
 * A fault of a database's Redis, as it is asked for.
 *
 * @param database resource id
 * @param fault which one, by its name
 * @param commands of {@code denyCommands}: lower-case names
 */
public record RedisFaultRequest(String database, String fault, List<String> commands) {

    /** What is understood, for messages. */
    static final String NAMES =
            "refuseConnections, staySilent, resetDuringHandshake, speakPlaintext, loading, tooManyClients,"
                    + " denyCommands, refuseEveryLogin, shardsUnreachable, expiredCertificate, otherCertificate";

    public RedisFaultRequest {
        if (database == null || fault == null) {
            throw new IllegalArgumentException("`database` and `fault` must be given");
        }
        commands = commands == null ? List.of() : List.copyOf(commands);
        if (fault.equals("denyCommands") == commands.isEmpty()) {
            throw new IllegalArgumentException("`commands` must be given with denyCommands, and with nothing else");
        }
    }

    /**
     * Makes it.
     *
     * @param host the database's, for certificates
     * @throws IllegalArgumentException if there is no such fault
     */
    RedisFault toFault(CertificateAuthority authority, String host) {
        return switch (fault) {
            case "refuseConnections" -> new RedisFault.RefuseConnections();
            case "staySilent" -> new RedisFault.StaySilent();
            case "resetDuringHandshake" -> new RedisFault.ResetDuringHandshake();
            case "speakPlaintext" -> new RedisFault.SpeakPlaintext();
            case "loading" -> new RedisFault.Loading();
            case "tooManyClients" -> new RedisFault.TooManyClients();
            case "denyCommands" -> new RedisFault.DenyCommands(commands);
            case "refuseEveryLogin" -> new RedisFault.RefuseEveryLogin();
            case "shardsUnreachable" -> new RedisFault.ShardsUnreachable();
            case "expiredCertificate" -> certificate(authority, host, true);
            case "otherCertificate" -> certificate(authority, "elsewhere.invalid", false);
            default -> throw new IllegalArgumentException("`fault` must be one of " + NAMES);
        };
    }

    private static RedisFault certificate(CertificateAuthority authority, String name, boolean expired) {
        try {
            return new RedisFault.ServeCertificate(
                    expired ? authority.expiredServerKeys(List.of(name)) : authority.serverKeys(List.of(name)));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("the certificate could not be made", e);
        }
    }
}
