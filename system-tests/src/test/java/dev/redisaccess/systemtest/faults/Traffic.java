package dev.redisaccess.systemtest.faults;

import dev.redisaccess.emulator.http.RequestLog;
import dev.redisaccess.systemtest.scenario.LocalPlatform;
import dev.redisaccess.systemtest.scenario.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How many requests there were while a fault lasted and until it was healed. The bounds are far above what the operator
 * needs (a resync every two seconds, an operation that is polled) and far below what a loop that never waits makes.
 *
 * @param arm requests to ARM about the tenant's database
 * @param tokens tokens of its ServiceAccounts that were requested from Kubernetes
 * @param writes to Kubernetes, in its namespace
 * @param lasted the time in which they were made
 */
record Traffic(int arm, int tokens, int writes, Duration lasted) {

    /** All requests since some time. */
    static Traffic since(Instant began, LocalPlatform platform, Tenant tenant, Traffic before) {
        List<RequestLog.Entry> requests = tenant.armRequests();
        int arm = (int)
                requests.stream().filter(entry -> !entry.time().isBefore(began)).count();
        Traffic all = total(platform, tenant);
        return new Traffic(
                arm, all.tokens - before.tokens, all.writes - before.writes, Duration.between(began, Instant.now()));
    }

    /** All requests to Kubernetes so far. */
    static Traffic total(LocalPlatform platform, Tenant tenant) {
        int tokens = 0;
        int writes = 0;
        for (var call : platform.traffic().calls()) {
            if (call.concerns(tenant.name())) {
                tokens += call.isTokenRequest() ? 1 : 0;
                writes += call.isWrite() ? 1 : 0;
            }
        }
        return new Traffic(0, tokens, writes, Duration.ZERO);
    }

    /** The values above their bound. */
    List<String> tooMuch() {
        long seconds = lasted.toSeconds();
        List<String> found = new ArrayList<>();
        bound(found, "requests to ARM", arm, 60 + 5 * seconds);
        bound(found, "token requests", tokens, 15 + seconds / 2);
        bound(found, "writes to Kubernetes", writes, 25 + seconds / 2);
        return found;
    }

    private void bound(List<String> found, String what, int count, long most) {
        if (count > most) {
            found.add(count + " " + what + " in " + lasted.toSeconds() + " s, more than " + most);
        }
    }
}
