package dev.redisaccess.emulator.redis;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Replaces a client's credentials by those for the real server: the internal password, or a wrong one. */
final class Logins {
    private static final Logger LOG = LoggerFactory.getLogger(Logins.class);

    private final LoginPolicy policy;
    private final boolean accessKeysEnabled;
    private final ActiveFaults faults;
    private final Credentials internal = Credentials.random("");

    Logins(LoginPolicy policy, boolean accessKeysEnabled, ActiveFaults faults) {
        this.policy = policy;
        this.accessKeysEnabled = accessKeysEnabled;
        this.faults = faults;
    }

    /**
     * A login to the real server.
     *
     * @param credentials the user, with the correct or a wrong password
     * @param expires when the session ends; empty when the login was refused
     */
    record Verdict(Credentials credentials, Optional<Instant> expires) {}

    /** The password that each granted user has inside the real server. */
    String internalPassword() {
        return internal.password();
    }

    Verdict judge(LoginCommand command) {
        LoginPolicy.Login login = decide(command);
        if (login instanceof LoginPolicy.Accepted accepted) {
            LOG.debug("Login of {} accepted until {}.", accepted.objectId(), accepted.expires());
            Credentials credentials = new Credentials(accepted.objectId(), internal.password());
            return new Verdict(credentials, Optional.of(accepted.expires()));
        }
        LOG.debug("Login refused: {}", ((LoginPolicy.Refused) login).why());
        return new Verdict(Credentials.random(command.user()), Optional.empty());
    }

    private LoginPolicy.Login decide(LoginCommand command) {
        if (faults.has(RedisFault.RefuseEveryLogin.class)) {
            return new LoginPolicy.Refused("a fault refuses every login");
        }
        if (command.user().equals(LoginCommand.DEFAULT_USER) && !accessKeysEnabled) {
            return new LoginPolicy.Refused("access keys are disabled");
        }
        try {
            return policy.login(command.user(), command.password());
        } catch (RuntimeException e) {
            // Without its message, which may quote the token.
            LOG.error("The login policy failed with {} at {}.", e.getClass().getName(), origin(e));
            return new LoginPolicy.Refused("the login policy failed");
        }
    }

    private static String origin(RuntimeException e) {
        return Stream.of(e.getStackTrace())
                .limit(1)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining());
    }
}
