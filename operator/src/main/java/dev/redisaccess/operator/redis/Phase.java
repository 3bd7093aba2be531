package dev.redisaccess.operator.redis;

import dev.redisaccess.operator.api.Reason;

/** How far a check has come, and what it means when it comes no further before its deadline. */
enum Phase {
    DNS(Reason.DNS_TIMEOUT, "DNS did not answer"),
    TCP(Reason.CONNECT_TIMEOUT, "the host does not answer"),
    TLS(
            Reason.TLS_HANDSHAKE_TIMEOUT,
            "the connection stands, but the server does not take part in the TLS handshake;"
                    + " a plaintext port looks like this"),
    LOGIN(Reason.HANDSHAKE_TIMEOUT, "TLS stands, but Redis does not answer the login"),
    COMMAND(Reason.COMMAND_TIMEOUT, "Redis took the login, but does not answer a command");

    private final Reason timeoutReason;
    private final String timeoutText;

    Phase(Reason timeoutReason, String timeoutText) {
        this.timeoutReason = timeoutReason;
        this.timeoutText = timeoutText;
    }

    Reason timeoutReason() {
        return timeoutReason;
    }

    String timeoutText() {
        return timeoutText;
    }
}
