package dev.redisaccess.operator.binding.review;

import dev.redisaccess.operator.api.AccessEntry;
import dev.redisaccess.operator.api.AssignmentKind;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * What a stored report says about times: of each assignment when it was first seen, its kind, and since when it is of that
 * kind. 17 bytes for each, however long its names are, so that a page that was edited or deleted by hand gets its times back.
 */
public final class SeenEntries {

    /** Nothing was seen. */
    public static final SeenEntries NONE = new SeenEntries(List.of());

    private static final AssignmentKind[] KINDS = AssignmentKind.values();

    /** Of assignment name and principal, in ascending order. */
    private final long[] keys;
    /** Seconds since 1970, until 2106. */
    private final int[] first;

    private final int[] since;
    private final byte[] kinds;

    /**
     * An assignment in the stored report.
     *
     * @param kind that it was reported with
     * @param firstSeen by any review
     * @param since when it is of that kind
     */
    public record Seen(AssignmentKind kind, Instant firstSeen, Instant since) {}

    private SeenEntries(List<AccessEntry> stored) {
        keys = new long[stored.size()];
        first = new int[stored.size()];
        since = new int[stored.size()];
        kinds = new byte[stored.size()];
        List<AccessEntry> sorted = stored.stream()
                .sorted(Comparator.comparingLong(SeenEntries::key))
                .toList();
        for (int i = 0; i < sorted.size(); i++) {
            AccessEntry entry = sorted.get(i);
            keys[i] = key(entry);
            first[i] = seconds(entry.firstSeen());
            since[i] = seconds(entry.since());
            kinds[i] = (byte) entry.kind().ordinal();
        }
    }

    /**
     * @param stored entries with times; what has none, or no kind, was not written by the operator and is left out
     * @param earliest what was seen before is left out: it was written for another registration, or by a clock that was wrong
     */
    public static SeenEntries of(Collection<AccessEntry> stored, Instant earliest) {
        return new SeenEntries(stored.stream()
                .filter(entry -> entry.assignment() != null
                        && entry.kind() != null
                        && seconds(entry.firstSeen()) != 0
                        && seconds(entry.since()) != 0
                        && !instant(seconds(entry.firstSeen())).isBefore(earliest)
                        && !instant(seconds(entry.since())).isBefore(earliest))
                .toList());
    }

    /** What is stored of the assignment of this name and principal. */
    public Optional<Seen> find(AccessEntry entry) {
        int at = Arrays.binarySearch(keys, key(entry));
        return at < 0
                ? Optional.empty()
                : Optional.of(new Seen(KINDS[kinds[at]], instant(first[at]), instant(since[at])));
    }

    private static Instant instant(int seconds) {
        return Instant.ofEpochSecond(Integer.toUnsignedLong(seconds));
    }

    private static int seconds(String time) {
        try {
            return time == null ? 0 : (int) Instant.parse(time).getEpochSecond();
        } catch (DateTimeException byHand) {
            return 0;
        }
    }

    /** ARM compares names without case. */
    private static long key(AccessEntry entry) {
        String text =
                entry.assignment().toLowerCase(Locale.ROOT) + "/" + Objects.requireNonNullElse(entry.objectId(), "");
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).getMostSignificantBits();
    }
}
