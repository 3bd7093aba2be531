package dev.redisaccess.operator.redis;

import dev.redisaccess.operator.api.Reason;

/** The phase of a verification, and what it means when the deadline ends it there. */
enum Phase {
    DNS(Reason.DNS_TIMEOUT, "was not resolved: DNS did not answer"),
    TCP(Reason.CONNECT_TIMEOUT, "does not answer"),
    TLS(
            Reason.TLS_HANDSHAKE_TIMEOUT,
            "accepted the connection and does not answer the TLS handshake, as a plaintext port does"),
    LOGIN(Reason.HANDSHAKE_TIMEOUT, "accepted the TLS connection and does not answer the login"),
    COMMAND(Reason.COMMAND_TIMEOUT, "accepted the login and does not answer a command");

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
