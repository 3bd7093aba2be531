package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.AccessEntry;
import dev.redisaccess.operator.api.AccessReportPage;
import dev.redisaccess.operator.api.AccessRevocation;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.port.AccessReportStore;
import dev.redisaccess.operator.binding.port.AccessReportStore.StoredPage;
import dev.redisaccess.operator.binding.review.ExcessRevocation;
import dev.redisaccess.operator.binding.review.ReportChange;
import dev.redisaccess.operator.binding.review.ReportLayout;
import dev.redisaccess.operator.binding.review.SeenEntries;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The stored report of one database. The pages are its memory, so a restart loses nothing: the times of an entry and the
 * revocations of the last hour are in them. Of each page this process keeps a digest, and of each entry 17 bytes; the pages
 * are read again only before they are changed.
 */
final class ReportBook {

    private static final int LONGEST_NAME = 220;

    /** More than Azure has assignments for: so that a number that was written by hand ends. */
    private static final int MOST_PAGES = 1024;

    /** By which the operator's clock may be behind the API server's. */
    private static final Duration MOST_SKEW = Duration.ofMinutes(5);

    /** What is to be revoked, given what is stored. */
    interface Revocations {
        List<AccessRevocation> due(SeenEntries seen, List<AccessRevocation> recorded);
    }

    /**
     * What an update changed.
     *
     * @param revocations that were recorded: only these may be requested
     */
    record Update(List<ReportChange> changes, List<AccessRevocation> revocations) {}

    /** @param digest of the entries without times, and of what else is on the page */
    private record Known(UUID digest, long generation) {}

    private final AccessReportStore store;
    private final String database;
    private final String owner;
    private final String installation;
    private final Instant created;
    /** By page, from 0. Empty: nothing was read yet. */
    private final List<Known> known = new ArrayList<>();
    /** What was stored last, as far as this process wrote or read it; empty: it has not. */
    private Optional<SeenEntries> seen = Optional.empty();
    /** The same of the revocations. */
    private List<AccessRevocation> recorded = List.of();

    /**
     * @param owner the UID of the registration
     * @param created when it was, by the API server's clock
     */
    ReportBook(AccessReportStore store, String database, String owner, String installation, Instant created) {
        this.store = store;
        this.created = created;
        this.database = database;
        this.owner = owner;
        this.installation = installation;
    }

    /** The name of a page: of each installation other ones. */
    static String name(String database, String installation, int page) {
        String prefix = database.length() <= LONGEST_NAME
                ? database
                : database.substring(0, LONGEST_NAME - 9) + "-" + Integer.toHexString(database.hashCode());
        return prefix + "." + installation + "." + (page + 1);
    }

    boolean isOwnedBy(String uid) {
        return Objects.equals(owner, uid);
    }

    private String name(int page) {
        return name(database, installation, page);
    }

    /** Whether the watch shows that another client changed or deleted a page. */
    boolean isOverwritten() {
        for (int page = 0; page < known.size(); page++) {
            Optional<Long> cached = store.cachedGeneration(name(page));
            Known written = known.get(page);
            if (written == null || cached.isEmpty() || cached.get() != written.generation()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Brings the stored pages to these entries.
     *
     * @param entries without times
     * @param revocations empty: nothing is revoked
     */
    Result<Update> update(List<AccessEntry> entries, Optional<Revocations> revocations, Instant now) {
        List<AccessRevocation> none = List.of();
        List<AccessRevocation> due = seen.flatMap(known -> revocations.map(policy -> policy.due(known, recorded)))
                .orElse(none);
        boolean asKnown = seen.isPresent() && isAsKnown(ReportLayout.of(entries, known.size()));
        if (asKnown && due.isEmpty() && !isOverwritten()) {
            return Result.ok(new Update(List.of(), none));
        }
        return readAll().flatMap(stored -> {
            // Only what this process has stored or read before is revoked: so the first update after a start revokes
            // nothing.
            SeenEntries times =
                    seen.orElseGet(() -> SeenEntries.of(entriesOf(stored).values(), created.minus(MOST_SKEW)));
            List<AccessRevocation> all = new ArrayList<>(union(revocationsOf(stored), recorded));
            all.addAll(due);
            return write(ReportLayout.of(entries, stored.size()), stored, times, ExcessRevocation.latest(all), now)
                    .map(changes -> new Update(changes, due));
        });
    }

    private Result<List<ReportChange>> write(
            List<List<AccessEntry>> layout,
            List<Optional<StoredPage>> stored,
            SeenEntries times,
            List<AccessRevocation> all,
            Instant now) {
        List<List<AccessEntry>> timed = layout.stream()
                .map(page -> page.stream()
                        .map(entry -> timed(entry, times.find(entry), now))
                        .toList())
                .toList();
        // The last page first: an entry that moves to a new page is stored twice for a moment, not lost.
        for (int page = layout.size() - 1; page >= 0; page--) {
            var content = new AccessReportPage(
                    database,
                    installation,
                    page + 1,
                    layout.size(),
                    null,
                    timed.get(page),
                    page == 0 && !all.isEmpty() ? all : null);
            Optional<StoredPage> over = page < stored.size() ? stored.get(page) : Optional.empty();
            Optional<Problem> problem = put(page, content, over);
            if (problem.isPresent()) {
                return Result.failed(problem.get());
            }
        }
        for (int page = stored.size() - 1; page >= layout.size(); page--) {
            Optional<Problem> problem = store.delete(name(page)).toProblem();
            if (problem.isPresent()) {
                return Result.failed(problem.get());
            }
        }
        while (known.size() > layout.size()) {
            known.remove(known.size() - 1);
        }
        seen = Optional.of(SeenEntries.of(timed.stream().flatMap(List::stream).toList(), Instant.EPOCH));
        recorded = all;
        return Result.ok(changes(entriesOf(stored), layout));
    }

    /** Since when reading has been failing; the entries stay. */
    Result<Boolean> markIncomplete(Instant since) {
        Result<List<Optional<StoredPage>>> read = readAll();
        if (read.toProblem().isPresent()) {
            return Result.failed(read.toProblem().get());
        }
        List<Optional<StoredPage>> stored = read.toOptional().orElseThrow();
        for (int page = 0; page < stored.size(); page++) {
            Optional<StoredPage> over = stored.get(page);
            if (over.isEmpty() || over.get().content().incompleteSince() != null) {
                continue;
            }
            AccessReportPage was = over.get().content();
            Optional<Problem> problem = put(
                    page,
                    new AccessReportPage(
                            was.database(),
                            was.installation(),
                            was.page(),
                            was.pages(),
                            since.toString(),
                            was.entries(),
                            was.revocations()),
                    over);
            if (problem.isPresent()) {
                return Result.failed(problem.get());
            }
        }
        return Result.ok(true);
    }

    private Optional<Problem> put(int page, AccessReportPage content, Optional<StoredPage> over) {
        Result<StoredPage> result = over.filter(found -> content.equals(found.content()))
                .map(Result::ok)
                .orElseGet(() -> store.write(name(page), content, owner, over));
        result.toOptional().ifPresent(written -> remember(page, content, written.generation()));
        return result.toProblem();
    }

    private void remember(int page, AccessReportPage content, long generation) {
        while (known.size() <= page) {
            known.add(null);
        }
        known.set(page, new Known(digest(content.entries(), content.pages(), content.incompleteSince()), generation));
    }

    private boolean isAsKnown(List<List<AccessEntry>> layout) {
        if (layout.size() != known.size()) {
            return false;
        }
        for (int page = 0; page < layout.size(); page++) {
            Known before = known.get(page);
            if (before == null || !before.digest().equals(digest(layout.get(page), layout.size(), null))) {
                return false;
            }
        }
        return true;
    }

    /** Without times. A page in whose digest two contents agree by chance would stay as it is: 122 bits prevent that. */
    private static UUID digest(List<AccessEntry> entries, int pages, String incompleteSince) {
        StringBuilder text = new StringBuilder().append(pages).append(incompleteSince);
        entries.forEach(entry -> text.append(entry.seen(null, null)));
        return UUID.nameUUIDFromBytes(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** All pages: as many as the first one says, or as were written; and those after them that a crash left. */
    private Result<List<Optional<StoredPage>>> readAll() {
        List<Optional<StoredPage>> all = new ArrayList<>();
        int expected = Math.max(1, known.size());
        for (int page = 0; ; page++) {
            Result<Optional<StoredPage>> read = store.read(name(page));
            if (read.toProblem().isPresent()) {
                return Result.failed(read.toProblem().get());
            }
            Optional<StoredPage> found = read.toOptional().orElseThrow();
            if (found.isPresent()) {
                expected = Math.max(
                        expected,
                        Math.min(
                                Objects.requireNonNullElse(found.get().content().pages(), 1), MOST_PAGES));
            } else if (page >= expected) {
                return Result.ok(all);
            }
            all.add(found);
        }
    }

    private static Map<String, AccessEntry> entriesOf(List<Optional<StoredPage>> stored) {
        Map<String, AccessEntry> entries = new HashMap<>();
        stored.stream()
                .flatMap(Optional::stream)
                .flatMap(page -> Optional.ofNullable(page.content().entries()).orElse(List.of()).stream())
                .forEach(entry -> entries.merge(key(entry), entry, ReportBook::earlier));
        return entries;
    }

    private static List<AccessRevocation> revocationsOf(List<Optional<StoredPage>> stored) {
        return stored.stream()
                .limit(1)
                .flatMap(Optional::stream)
                .flatMap(page -> Optional.ofNullable(page.content().revocations()).orElse(List.of()).stream())
                .toList();
    }

    private static AccessEntry earlier(AccessEntry one, AccessEntry other) {
        return text(one.since()).compareTo(text(other.since())) <= 0 ? one : other;
    }

    private static String key(AccessEntry entry) {
        return entry.assignment().toLowerCase(Locale.ROOT);
    }

    /** Of both, in the order of their times: what was removed by hand still counts for the share of an hour. */
    private static List<AccessRevocation> union(List<AccessRevocation> stored, List<AccessRevocation> recorded) {
        return Stream.concat(stored.stream(), recorded.stream())
                .distinct()
                .sorted(Comparator.comparing(revocation -> text(revocation.at())))
                .toList();
    }

    private static AccessEntry timed(AccessEntry entry, Optional<SeenEntries.Seen> before, Instant now) {
        Instant since = before.filter(seen -> seen.kind() == entry.kind())
                .map(SeenEntries.Seen::since)
                .orElse(now);
        return entry.seen(before.map(SeenEntries.Seen::firstSeen).orElse(now).toString(), since.toString());
    }

    private static List<ReportChange> changes(Map<String, AccessEntry> before, List<List<AccessEntry>> layout) {
        List<ReportChange> changes = new ArrayList<>();
        Map<String, AccessEntry> gone = new HashMap<>(before);
        layout.forEach(page -> page.forEach(entry -> {
            AccessEntry old = gone.remove(key(entry));
            if (old == null || !old.seen(null, null).equals(entry)) {
                changes.add(new ReportChange(Optional.ofNullable(old), Optional.of(entry)));
            }
        }));
        gone.values().forEach(old -> changes.add(new ReportChange(Optional.of(old), Optional.empty())));
        return changes;
    }

    private static String text(String time) {
        return Optional.ofNullable(time).orElse("");
    }
}
