package dev.redisaccess.emulator.redis;

import java.security.KeyStore;
import java.util.List;

/**
 * A way in which a database can fail. Faults of the connection concern connections opened afterwards (those that are open
 * live on until {@link RedisFront#cutConnections()}); faults of permissions take effect at once.
 */
public sealed interface RedisFault {
    /** Nothing listens on the database's ports, the shards' included: the client sees "connection refused". */
    record RefuseConnections() implements RedisFault {}

    /** TCP connects, and then nothing is ever answered. */
    record StaySilent() implements RedisFault {}

    /** TCP is reset at the client's first bytes, in the middle of the TLS handshake. */
    record ResetDuringHandshake() implements RedisFault {}

    /**
     * Another certificate is served: expired, for another name, or from another authority.
     *
     * @param certificate PKCS12 with the key and its chain, password empty
     */
    record ServeCertificate(KeyStore certificate) implements RedisFault {}

    /** The port speaks Redis without TLS, as with {@code clientProtocol: Plaintext}. */
    record SpeakPlaintext() implements RedisFault {}

    /** Each command, login included, is answered with {@code LOADING}. */
    record Loading() implements RedisFault {}

    /**
     * The first command is answered with {@code ERR max number of clients reached}, and the connection is closed. (Redis
     * writes that line before it reads; here it comes after the command so that every client relates it to one.)
     */
    record TooManyClients() implements RedisFault {}

    /**
     * Every user gets {@code NOPERM} for these commands.
     *
     * @param commands lower-case names of commands, for example {@code ping} or {@code acl}
     */
    record DenyCommands(List<String> commands) implements RedisFault {
        /** Refuses what is not the name of a command. */
        public DenyCommands {
            commands = List.copyOf(commands);
            for (String command : commands) {
                if (!command.matches("[a-z0-9.|_-]{1,40}")) {
                    throw new IllegalArgumentException("must be the name of a command: '" + command + "'");
                }
            }
        }
    }

    /** Each login is refused with {@code WRONGPASS}, whatever the policy says. */
    record RefuseEveryLogin() implements RedisFault {}

    /** The announced ports of the shards are closed; the database's own port works. No effect without OSSCluster. */
    record ShardsUnreachable() implements RedisFault {}
}
