package dev.redisaccess.emulator.config;

import dev.redisaccess.emulator.redis.RedisFault;
import dev.redisaccess.emulator.tls.CertificateAuthority;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Set;

/**
 * A fault of a database's Redis, as it is asked for: in the configuration, or of the control API.
 *
 * @param database resource id
 * @param fault which one, by its name
 * @param commands lower-case names, of the faults that concern some commands
 * @param line of {@code answerCommands}: what they are answered
 */
public record RedisFaultRequest(String database, String fault, List<String> commands, String line) {

    private static final Set<String> OF_COMMANDS =
            Set.of("denyCommands", "answerCommands", "ignoreCommands", "closeAtCommands", "resetAtCommands");

    /** What is understood, for messages. */
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
     * Makes it.
     *
     * @param authority signs the certificates that are not as they should be
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
            throw new IllegalStateException("the certificate could not be made", e);
        }
    }
}
