package dev.redisaccess.operator.redis;

import dev.redisaccess.operator.api.Reason;

/** The phases of a verification, and what a deadline means that passes in one. */
enum Phase {
    DNS(Reason.DNS_TIMEOUT, "DNS did not answer"),
    TCP(Reason.CONNECT_TIMEOUT, "the host does not answer"),
    TLS(
            Reason.TLS_HANDSHAKE_TIMEOUT,
            "the connection is open, but the server does not answer the TLS handshake, as at a plaintext port"),
    LOGIN(Reason.HANDSHAKE_TIMEOUT, "TLS is established, but Redis does not answer the login"),
    COMMAND(Reason.COMMAND_TIMEOUT, "Redis accepted the login, but does not answer a command");

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
