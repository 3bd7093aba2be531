package dev.redisaccess.emulator.redis;

import java.time.Instant;

/**
 * Decides whether a user and password (an Entra token) may log in. It is called on the event loop of the front, in the
 * order of the commands of a connection, and must not block on the network.
 */
public interface LoginPolicy {
    /** The user name of a login with an access key. */
    String KEY_USER = "default";

    /**
     * Decides one login.
     *
     * @param user the user name as sent; {@code default} for an {@code AUTH} with one argument
     * @param password the password as sent: usually a JSON Web Token, never to be logged
     */
    Login login(String user, String password);

    /** The decision on one login. */
    sealed interface Login permits Accepted, Refused {}

    /**
     * The login is accepted.
     *
     * @param objectId the name of the ACL user that the connection becomes; it must have been granted
     * @param expires the time at which the front closes the connection, unless a later login on it extends the time
     */
    record Accepted(String objectId, Instant expires) implements Login {}

    /**
     * The login is refused; the client always sees {@code WRONGPASS}, as in Azure.
     *
     * @param why one line for the emulator's own log; never contains a token
     */
    record Refused(String why) implements Login {}
}
