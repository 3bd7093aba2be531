package dev.redisaccess.emulator.arm;

import dev.redisaccess.emulator.http.Request;
import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.state.ArmId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Azure's token buckets per subscription, caller and kind of request: 200 writes, 200 deletes and 250 reads, refilled at
 * 10, 10 and 25 a second. Unless throttling is on it takes nothing out of them: a caller that heeds the remaining number would
 * wait for what is never refused.
 */
final class Throttle {

    private enum Kind {
        READS("read", 250, 25),
        WRITES("write", 200, 10),
        DELETES("delete", 200, 10);

        private final String word;
        private final int size;
        private final int perSecond;

        Kind(String word, int size, int perSecond) {
            this.word = word;
            this.size = size;
            this.perSecond = perSecond;
        }

        static Kind of(Request request) {
            return switch (request.method()) {
                case "GET", "HEAD" -> READS;
                case "DELETE" -> DELETES;
                default -> WRITES;
            };
        }
    }

    private record Key(String subscription, String objectId, Kind kind) {}

    private record Bucket(double left, Instant at) {}

    private final Clock clock;
    private final boolean throttles;
    private final Map<Key, Bucket> buckets = new HashMap<>();

    Throttle(Clock clock, boolean throttles) {
        this.clock = clock;
        this.throttles = throttles;
    }

    /** Takes one from the bucket; an error when it is empty. */
    synchronized Optional<ArmError> refuse(Request request, Caller caller) {
        if (!throttles) {
            return Optional.empty();
        }
        Kind kind = Kind.of(request);
        String subscription = subscription(request);
        Key key = new Key(subscription, caller.objectId(), kind);
        Instant now = clock.instant();
        Bucket before = buckets.getOrDefault(key, new Bucket(kind.size, now));
        double refilled = before.left() + kind.perSecond * seconds(before.at(), now);
        double left = Math.min(kind.size, Math.max(0, refilled)) - 1;
        buckets.put(key, new Bucket(Math.max(0, left), now));
        if (left >= 0) {
            return Optional.empty();
        }
        return Optional.of(ArmError.gateway(
                        429,
                        "SubscriptionRequestsThrottled",
                        "Number of '" + kind.word + "' requests for subscription '" + subscription + "' actor '"
                                + caller.objectId() + "' exceeded. Please try again after '1' seconds.")
                .with("Retry-After", "1"));
    }

    /** Adds the headers with the remaining requests. */
    synchronized Response counted(Request request, Response response) {
        Kind kind = Kind.of(request);
        String subscription = subscription(request);
        int left = buckets.entrySet().stream()
                .filter(each -> each.getKey().subscription().equals(subscription)
                        && each.getKey().kind() == kind)
                .mapToInt(each -> (int) each.getValue().left())
                .min()
                .orElse(kind.size);
        String name = "x-ms-ratelimit-remaining-subscription-";
        String word = kind.name().toLowerCase(Locale.ROOT);
        return response.withDefault(name + word, Integer.toString(left))
                .withDefault(name + "global-" + word, Integer.toString(left * 15));
    }

    private static String subscription(Request request) {
        return new ArmId(request.path()).subscriptionId().orElse("").toLowerCase(Locale.ROOT);
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }
}
