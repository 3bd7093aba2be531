package dev.redisaccess.emulator.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The users of a database, the same on each of its real servers. */
final class ServerUsers implements AclUsers {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final List<String> RESERVED = List.of("emulator", "question");

    private final RedisBackends backends;
    private final String internalPassword;
    private final Map<String, List<String>> rules = new TreeMap<>();
    private List<String> denied = List.of();

    ServerUsers(RedisBackends backends, String internalPassword) {
        this.backends = backends;
        this.internalPassword = internalPassword;
    }

    @Override
    public synchronized void grant(String objectId, String accessString) {
        requireName(objectId);
        try {
            List<String> granted =
                    AccessRules.of(accessString, backends.servers().get(0));
            write(objectId, granted, denied);
            rules.put(objectId, granted);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot grant access to " + objectId, e);
        }
    }

    @Override
    public synchronized void revoke(String objectId) {
        requireName(objectId);
        if (rules.remove(objectId) == null) {
            return;
        }
        try {
            for (RedisProcess server : backends.servers()) {
                remove(server, objectId);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot revoke the access of " + objectId, e);
        }
    }

    /** Deletes every key of every server. */
    void flush() {
        try {
            for (RedisProcess server : backends.servers()) {
                try (AdminConnection admin = server.open()) {
                    admin.command("FLUSHALL");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The database could not be flushed.", e);
        }
    }

    /** Denies commands to every user, also to later ones; an empty list allows them again. */
    synchronized void deny(List<String> commands) {
        try {
            for (Map.Entry<String, List<String>> user : rules.entrySet()) {
                write(user.getKey(), user.getValue(), commands);
            }
            denied = commands;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot deny " + commands, e);
        }
    }

    private void write(String objectId, List<String> granted, List<String> without) throws IOException {
        List<String> head =
                List.of("ACL", "SETUSER", objectId, "reset", AccessRules.NO_CHANNELS, "on", ">" + internalPassword);
        List<String> minus = without.stream().map(command -> "-" + command).toList();
        for (RedisProcess server : backends.servers()) {
            try (AdminConnection admin = server.open()) {
                admin.command(AccessRules.joined(head, granted, minus));
            }
        }
    }

    private static void remove(RedisProcess server, String objectId) throws IOException {
        try (AdminConnection admin = server.open()) {
            if (objectId.equals(LoginCommand.DEFAULT_USER)) {
                admin.command("ACL", "SETUSER", objectId, "reset"); // Redis does not allow its deletion
                admin.command("CLIENT", "KILL", "USER", objectId);
            } else {
                admin.command("ACL", "DELUSER", objectId); // also cuts its sessions
            }
        }
    }

    private static void requireName(String objectId) {
        if (!NAME.matcher(objectId).matches() || RESERVED.contains(objectId)) {
            throw new IllegalArgumentException("must be 1 to 64 letters, digits or dashes: '" + objectId + "'");
        }
    }
}
