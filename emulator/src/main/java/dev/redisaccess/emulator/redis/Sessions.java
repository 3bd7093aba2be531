package dev.redisaccess.emulator.redis;

import io.netty.channel.Channel;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open sessions of a front. They are swept, not timed one by one, because the clock may be frozen or moved. */
final class Sessions {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    private final Set<Session> open = ConcurrentHashMap.newKeySet();
    private final Clock clock;

    Sessions(Clock clock) {
        this.clock = clock;
    }

    Session begin(Channel client) {
        Session session = new Session(client);
        open.add(session);
        client.closeFuture().addListener(closed -> open.remove(session));
        return session;
    }

    /** Ends all sessions, as a failover does. */
    void endAll() {
        open.forEach(Session::end);
    }

    /** Ends the sessions whose token has expired, as Azure does. */
    void sweep() {
        Instant now = clock.instant();
        for (Session session : open) {
            if (session.isOverAt(now)) {
                LOG.debug("Closing a connection whose token has expired.");
                session.end();
            }
        }
    }
}
