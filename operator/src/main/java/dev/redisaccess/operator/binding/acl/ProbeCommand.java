package dev.redisaccess.operator.binding.acl;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A command that has no effect on a key that does not exist: a database with a probe is the same as one without. Its categories and
 * the permission that its key needs are those of {@code COMMAND INFO} of Redis 7.
 */
public enum ProbeCommand {
    EXISTS(Kind.READ, false, "keyspace read fast"),
    GET(Kind.READ, true, "read string fast"),
    TTL(Kind.READ, true, "keyspace read fast"),
    TYPE(Kind.READ, false, "keyspace read fast"),
    STRLEN(Kind.READ, false, "read string fast"),
    HGET(Kind.READ, true, "read hash fast", "f"),
    HLEN(Kind.READ, false, "read hash fast"),
    HGETALL(Kind.READ, true, "read hash slow"),
    LLEN(Kind.READ, false, "read list fast"),
    LRANGE(Kind.READ, true, "read list slow", "0", "0"),
    SCARD(Kind.READ, false, "read set fast"),
    SMEMBERS(Kind.READ, true, "read set slow"),
    ZCARD(Kind.READ, false, "read sortedset fast"),
    ZSCORE(Kind.READ, true, "read sortedset fast", "m"),
    XLEN(Kind.READ, false, "read stream fast"),
    XRANGE(Kind.READ, true, "read stream slow", "-", "+", "COUNT", "1"),
    /** An empty value at the start of a key that does not exist creates nothing. */
    SETRANGE(Kind.WRITE, true, "write string slow", "0", ""),
    /** {@code XX}: only a key that exists. */
    SET(Kind.WRITE, true, "write string slow", "", "XX"),
    EXPIRE(Kind.WRITE, true, "keyspace write fast", "1"),
    PERSIST(Kind.WRITE, true, "keyspace write fast"),
    DEL(Kind.WRITE, true, "keyspace write slow"),
    UNLINK(Kind.WRITE, true, "keyspace write fast"),
    HDEL(Kind.WRITE, true, "write hash fast", "f"),
    LPUSHX(Kind.WRITE, true, "write list fast", ""),
    RPUSHX(Kind.WRITE, true, "write list fast", ""),
    LREM(Kind.WRITE, true, "write list slow", "0", "m"),
    SREM(Kind.WRITE, true, "write set fast", "m"),
    ZREM(Kind.WRITE, true, "write sortedset fast", "m"),
    XADD(Kind.WRITE, true, "write stream fast", "NOMKSTREAM", "*", "f", "v"),
    XACK(Kind.WRITE, true, "write stream fast", "g", "0-1"),
    XDEL(Kind.WRITE, true, "write stream fast", "0-1");

    private enum Kind {
        READ,
        WRITE
    }

    private final Kind kind;
    private final boolean permission;
    private final Set<String> categories;
    private final List<String> more;

    /** @param permission whether the key needs the permission to read or to write; else any permission is enough */
    ProbeCommand(Kind kind, boolean permission, String categories, String... more) {
        this.kind = kind;
        this.permission = permission;
        this.categories = Set.of(categories.split(" "));
        this.more = List.of(more);
    }

    /** The one of a name in lower case. */
    static Optional<ProbeCommand> named(String name) {
        for (ProbeCommand command : values()) {
            if (command.lowerCase().equals(name)) {
                return Optional.of(command);
            }
        }
        return Optional.empty();
    }

    /** Whether it is of that category, written with its {@code @}, or has that name. */
    boolean isIn(String rule) {
        return rule.startsWith("@") ? categories.contains(rule.substring(1)) : rule.equals(lowerCase());
    }

    public boolean isWrite() {
        return kind == Kind.WRITE;
    }

    boolean reads() {
        return permission && kind == Kind.READ;
    }

    boolean writes() {
        return permission && kind == Kind.WRITE;
    }

    /** Its arguments, the key first. */
    public List<String> arguments(String key) {
        List<String> all = new ArrayList<>(List.of(key));
        all.addAll(more);
        return all;
    }

    private String lowerCase() {
        return name().toLowerCase(Locale.ROOT);
    }
}
