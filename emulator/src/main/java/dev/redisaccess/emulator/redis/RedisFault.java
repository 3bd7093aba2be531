package dev.redisaccess.emulator.redis;

import java.security.KeyStore;
import java.util.List;

/**
 * A way in which a database can fail. Faults of the connection affect connections opened afterwards (open ones
 * stay until {@link RedisFront#cutConnections()}); faults of permissions take effect at once.
 */
public sealed interface RedisFault {
    /** Nothing listens on the database's ports, the shards' included: the client sees "connection refused". */
    record RefuseConnections() implements RedisFault {}

    /** TCP connects, and the server never replies. */
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

    /** The reply to each command, login included, is {@code LOADING}. */
    record Loading() implements RedisFault {}

    /**
     * The reply to the first command is {@code ERR max number of clients reached}, and the connection is closed. (Redis
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
            commands = names(commands);
        }
    }

    /** Each login is refused with {@code WRONGPASS}, independent of the policy. */
    record RefuseEveryLogin() implements RedisFault {}

    /** The announced ports of the shards are closed; the database's own port works. No effect without OSSCluster. */
    record ShardsUnreachable() implements RedisFault {}

    /** Packets to the database's ports are dropped, as by a firewall: the client's connect times out. */
    record DropPackets() implements RedisFault {}

    /** The server ends the TLS handshake with the alert {@code handshake_failure}. */
    record RejectHandshake() implements RedisFault {}

    /** Faults of some commands only; the others, and the login unless it is one of them, reach the real server. */
    sealed interface OfCommands extends RedisFault {
        /** Lower-case names of commands. {@code hello} is the login of a client that speaks RESP3. */
        List<String> commands();
    }

    /**
     * These commands get a given reply.
     *
     * @param line a line of RESP without its end: {@code -ERR …} or {@code +…}
     */
    record AnswerCommands(List<String> commands, String line) implements OfCommands {
        /** Refuses what is not a line of RESP. */
        public AnswerCommands {
            commands = names(commands);
            if (!line.matches("[-+][\\x20-\\x7e]{1,500}")) {
                throw new IllegalArgumentException("`line` must begin with - or + and be one line of ASCII");
            }
        }
    }

    /** These commands get no reply. */
    record IgnoreCommands(List<String> commands) implements OfCommands {
        /** Refuses what is not the name of a command. */
        public IgnoreCommands {
            commands = names(commands);
        }
    }

    /** The connection is closed at the first of these commands. */
    record CloseAtCommands(List<String> commands) implements OfCommands {
        /** Refuses what is not the name of a command. */
        public CloseAtCommands {
            commands = names(commands);
        }
    }

    /** The connection is reset (RST) at the first of these commands. */
    record ResetAtCommands(List<String> commands) implements OfCommands {
        /** Refuses what is not the name of a command. */
        public ResetAtCommands {
            commands = names(commands);
        }
    }

    private static List<String> names(List<String> commands) {
        for (String command : commands) {
            if (!command.matches("[a-z0-9.|_-]{1,40}")) {
                throw new IllegalArgumentException("must be the name of a command: '" + command + "'");
            }
        }
        return List.copyOf(commands);
    }
}
