package dev.redisaccess.operator.telemetry;

import java.io.IOException;

/** A port that the operator is configured to listen on can't be bound. The message is for the user, and names the option. */
public final class PortUnavailable extends IOException {

    private static final long serialVersionUID = 1L;

    PortUnavailable(String option, int port, IOException cause) {
        super(
                "Port `" + port + "` of `" + option + "` is not available: " + cause.getMessage() + ". Set `" + option
                        + "` to a free port",
                cause);
    }
}
