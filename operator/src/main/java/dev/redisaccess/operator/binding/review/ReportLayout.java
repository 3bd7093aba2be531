package dev.redisaccess.operator.binding.review;

import dev.redisaccess.operator.api.AccessEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Which page of a report an entry is on: the one that a hash of its assignment's name selects, of a number of pages that is a
 * power of two. So an entry that comes or goes changes one page, and nothing has to be remembered; a sorted list would move
 * an entry on every page after it. When a page is full, their number is doubled; it is halved again only when they are mostly
 * empty.
 */
public final class ReportLayout {

    /** Entries on a page. */
    public static final int MOST_ENTRIES = 250;

    /** Below this average the number of pages shrinks. */
    private static final int FEW_ENTRIES = 60;

    /** Below this average the number of pages does not grow. */
    private static final int FEWEST_ENTRIES = 30;

    private static final Comparator<AccessEntry> BY_PRINCIPAL = Comparator.comparing(
                    AccessEntry::objectId, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(AccessEntry::assignment);

    private ReportLayout() {}

    /**
     * The entries by page, each page in the order of its object IDs.
     *
     * @param pages how many pages the report has now; 0: there is none
     */
    public static List<List<AccessEntry>> of(List<AccessEntry> entries, int pages) {
        int least = Integer.highestOneBit(Math.max(1, pages));
        List<List<AccessEntry>> layout = spread(entries, 1);
        while (layout.stream().anyMatch(page -> page.size() > MOST_ENTRIES)
                && layout.size() * FEWEST_ENTRIES < entries.size()) {
            layout = spread(entries, layout.size() * 2);
        }
        if (least > layout.size() && entries.size() >= least * FEW_ENTRIES) {
            layout = spread(entries, least);
        }
        layout.forEach(page -> page.sort(BY_PRINCIPAL));
        moveSurplus(layout);
        return layout;
    }

    /** Only names that were chosen so that their hashes are equal can fill one page among nearly empty ones. */
    private static void moveSurplus(List<List<AccessEntry>> layout) {
        for (int page = 0; page < 2 * layout.size(); page++) {
            List<AccessEntry> full = layout.get(page % layout.size());
            List<AccessEntry> next = layout.get((page + 1) % layout.size());
            while (full.size() > MOST_ENTRIES) {
                next.add(full.remove(full.size() - 1));
            }
        }
    }

    private static List<List<AccessEntry>> spread(List<AccessEntry> entries, int pages) {
        List<List<AccessEntry>> layout = new ArrayList<>(IntStream.range(0, pages)
                .mapToObj(any -> new ArrayList<AccessEntry>())
                .toList());
        entries.forEach(entry -> layout.get(page(entry.assignment(), pages)).add(entry));
        return layout;
    }

    /** ARM compares names without case. */
    private static int page(String assignment, int pages) {
        UUID hash = UUID.nameUUIDFromBytes(assignment.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
        return (int) hash.getLeastSignificantBits() & (pages - 1);
    }
}
