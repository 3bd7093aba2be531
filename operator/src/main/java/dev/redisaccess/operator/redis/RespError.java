package dev.redisaccess.operator.redis;

import dev.redisaccess.operator.api.Reason;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Error replies of Redis, by their word: anywhere in the message, since some services put {@code ERR} before it ({@code
 * ERR WRONGPASS …}). Words: redis.io/docs/latest/develop/reference/protocol-spec (errors) and the server's source.
 *
 * @param word what to look for, as a whole word
 * @param reason the situation
 * @param text what it means, before Redis's own words
 */
record RespError(Pattern word, Reason reason, String text) {

    private static final List<RespError> TABLE = List.of(
            row("WRONGPASS", Reason.NOT_AUTHORIZED, "the login is refused"),
            row("NOAUTH", Reason.INTERNAL_ERROR, "the operator sent a command without a login"),
            row("NOPERM", Reason.PERMISSION_DENIED, "the login works, but its access string does not allow a command"),
            row("NOPROTO|unknown command .?HELLO", Reason.PROTOCOL_UNSUPPORTED, "the server does not speak RESP3"),
            row("max number of clients reached", Reason.TOO_MANY_CONNECTIONS, "the database has no connection left"),
            row("LOADING", Reason.SERVER_LOADING, "Redis is loading its data"),
            row("MOVED", Reason.LOGIN_FAILED, "the database wants a cluster client"),
            row("CROSSSLOT|CLUSTERDOWN|MASTERDOWN", Reason.CLUSTER_NOT_READY, "the cluster of shards is not ready"),
            row("READONLY", Reason.CLUSTER_NOT_READY, "a read-only replica answered; a failover is under way"),
            row("OOM", Reason.LOGIN_FAILED, "the login works, but the database has no memory left"));

    static Optional<RespError> of(String message) {
        return TABLE.stream().filter(row -> row.word().matcher(message).find()).findFirst();
    }

    private static RespError row(String word, Reason reason, String text) {
        return new RespError(Pattern.compile("\\b(" + word + ")\\b"), reason, text);
    }
}
