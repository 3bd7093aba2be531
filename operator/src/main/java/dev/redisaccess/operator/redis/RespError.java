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
 * @param text what it means, a sentence that begins with the endpoint
 */
record RespError(Pattern word, Reason reason, String text) {

    private static final List<RespError> TABLE = List.of(
            row("WRONGPASS", Reason.NOT_AUTHORIZED, "refuses the login."),
            row("NOAUTH", Reason.INTERNAL_ERROR, "received a command before a login."),
            row(
                    "NOPERM",
                    Reason.PERMISSION_DENIED,
                    "accepted the login, but its access string does not allow a command."),
            row("NOPROTO|unknown command .?HELLO", Reason.PROTOCOL_UNSUPPORTED, "does not support RESP3."),
            row(
                    "max number of clients reached",
                    Reason.TOO_MANY_CONNECTIONS,
                    "has reached its limit of connections. Scale the database, or close connections."),
            row("LOADING", Reason.SERVER_LOADING, "is loading its data. Wait."),
            row("MOVED", Reason.LOGIN_FAILED, "requires a cluster-aware client."),
            row(
                    "CROSSSLOT|CLUSTERDOWN|MASTERDOWN",
                    Reason.CLUSTER_NOT_READY,
                    "reports that its shards are not ready. Wait."),
            row(
                    "READONLY",
                    Reason.CLUSTER_NOT_READY,
                    "answered as a read-only replica; a failover is under way. Wait."),
            row("OOM", Reason.LOGIN_FAILED, "accepted the login, but the database has no memory left. Scale it."));

    static Optional<RespError> of(String message) {
        return TABLE.stream().filter(row -> row.word().matcher(message).find()).findFirst();
    }

    private static RespError row(String word, Reason reason, String text) {
        return new RespError(Pattern.compile("\\b(" + word + ")\\b"), reason, text);
    }
}
