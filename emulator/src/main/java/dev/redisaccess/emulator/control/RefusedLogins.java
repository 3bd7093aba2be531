package dev.redisaccess.emulator.control;

import dev.redisaccess.emulator.entra.RedisLogins.RefusedLogin;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** The latest refused logins with the cause, which a client never sees. Bounded. */
public final class RefusedLogins implements Consumer<RefusedLogin> {

    private static final int REMEMBERED = 100;

    private final Deque<RefusedLogin> latest = new ArrayDeque<>();

    @Override
    public synchronized void accept(RefusedLogin refused) {
        if (latest.size() == REMEMBERED) {
            latest.removeFirst();
        }
        latest.addLast(refused);
    }

    /** Oldest first. */
    public synchronized List<RefusedLogin> latest() {
        return List.copyOf(latest);
    }
}
