package dev.redisaccess.emulator.redis;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Accepts the passwords that it issued, for the user they were issued to. */
final class FakeLoginPolicy implements LoginPolicy {
    private final Clock clock;
    private final Map<String, Accepted> issued = new ConcurrentHashMap<>();

    FakeLoginPolicy(Clock clock) {
        this.clock = clock;
    }

    String issue(String objectId, Duration lifetime) {
        String password = (UUID.randomUUID() + ".").repeat(40); // about as long as a token
        issued.put(password, new Accepted(objectId, clock.instant().plus(lifetime)));
        return password;
    }

    @Override
    public Login login(String user, String password) {
        Accepted accepted = issued.get(password);
        if (accepted == null || !accepted.objectId().equals(user)) {
            return new Refused("not issued to this user");
        }
        return accepted;
    }
}
