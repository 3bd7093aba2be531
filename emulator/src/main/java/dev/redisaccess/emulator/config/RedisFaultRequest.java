package dev.redisaccess.emulator.config;

import dev.redisaccess.emulator.redis.RedisFault;
import dev.redisaccess.emulator.tls.CertificateAuthority;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Set;

/**
 * A request for a fault of a database's Redis, in the configuration or from the control API.
 *
 * @param database resource id
 * @param fault its name
 * @param commands lower-case names, for faults of some commands only
 * @param line the response, for {@code answerCommands}
 */
public record RedisFaultRequest(String database, String fault, List<String> commands, String line) {

    private static final Set<String> OF_COMMANDS =
            Set.of("denyCommands", "answerCommands", "ignoreCommands", "closeAtCommands", "resetAtCommands");

    /** The valid names, for messages. */
    private static final String NAMES =
            "refuseConnections, dropPackets, staySilent, resetDuringHandshake, rejectHandshake, speakPlaintext, loading,"
                    + " tooManyClients, denyCommands, answerCommands, ignoreCommands, closeAtCommands, resetAtCommands,"
                    + " refuseEveryLogin, shardsUnreachable, expiredCertificate, otherCertificate, untrustedCertificate";

    public RedisFaultRequest {
        if (database == null || fault == null) {
            throw new IllegalArgumentException("`database` and `fault` must be given");
        }
        commands = Check.list(commands);
        if (OF_COMMANDS.contains(fault) == commands.isEmpty()) {
            throw new IllegalArgumentException("`commands` must be given with denyCommands, answerCommands,"
                    + " ignoreCommands, closeAtCommands and resetAtCommands, and with nothing else");
        }
        if (fault.equals("answerCommands") == (line == null)) {
            throw new IllegalArgumentException("`line` must be given with answerCommands, and with nothing else");
        }
    }

    /**
     * Creates the fault.
     *
     * @param authority signs the wrong certificates
     * @param host the database's, for certificates
     * @throws IllegalArgumentException if there is no such fault
     */
    public RedisFault toFault(CertificateAuthority authority, String host) {
        return switch (fault) {
            case "refuseConnections" -> new RedisFault.RefuseConnections();
            case "dropPackets" -> new RedisFault.DropPackets();
            case "staySilent" -> new RedisFault.StaySilent();
            case "resetDuringHandshake" -> new RedisFault.ResetDuringHandshake();
            case "rejectHandshake" -> new RedisFault.RejectHandshake();
            case "speakPlaintext" -> new RedisFault.SpeakPlaintext();
            case "loading" -> new RedisFault.Loading();
            case "tooManyClients" -> new RedisFault.TooManyClients();
            case "denyCommands" -> new RedisFault.DenyCommands(commands);
            case "answerCommands" -> new RedisFault.AnswerCommands(commands, line);
            case "ignoreCommands" -> new RedisFault.IgnoreCommands(commands);
            case "closeAtCommands" -> new RedisFault.CloseAtCommands(commands);
            case "resetAtCommands" -> new RedisFault.ResetAtCommands(commands);
            case "refuseEveryLogin" -> new RedisFault.RefuseEveryLogin();
            case "shardsUnreachable" -> new RedisFault.ShardsUnreachable();
            case "expiredCertificate" -> certificate(() -> authority.expiredServerKeys(List.of(host)));
            case "otherCertificate" -> certificate(() -> authority.serverKeys(List.of("elsewhere.invalid")));
            case "untrustedCertificate" -> certificate(() -> authority.strangersServerKeys(List.of(host)));
            default -> throw new IllegalArgumentException("`fault` must be one of " + NAMES);
        };
    }

    private interface Certificate {
        KeyStore make() throws IOException, GeneralSecurityException;
    }

    private static RedisFault certificate(Certificate certificate) {
        try {
            return new RedisFault.ServeCertificate(certificate.make());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("The certificate could not be created.", e);
        }
    }
}
