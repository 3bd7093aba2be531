package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.AccessEntry;
import dev.redisaccess.operator.api.AccessReportPage;
import dev.redisaccess.operator.api.AccessRevocation;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.port.AccessReportStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Pages as the API server keeps them: a version for each write, a conflict for an old one. Its watch never lags. */
public final class FakeReports implements AccessReportStore {

    private static final Problem DOWN = Problem.of(Reason.PUBLISH_FAILED, "The API server is down.");

    private final Map<String, StoredPage> pages = new TreeMap<>();
    /** Writes that were accepted, by name of the page. */
    public final List<String> writes = new ArrayList<>();
    /** Reads. */
    public int reads;
    /** Whether nothing is answered. */
    public boolean down;

    private long version;

    @Override
    public Result<Optional<StoredPage>> read(String name) {
        reads++;
        return down ? Result.failed(DOWN) : Result.ok(Optional.ofNullable(pages.get(name)));
    }

    @Override
    public Result<StoredPage> write(String name, AccessReportPage page, String owner, Optional<StoredPage> over) {
        boolean current = Optional.ofNullable(pages.get(name))
                .map(StoredPage::resourceVersion)
                .equals(over.map(StoredPage::resourceVersion));
        if (down || !current) {
            return Result.failed(down ? DOWN : Problem.of(Reason.PUBLISH_FAILED, "Conflict."));
        }
        writes.add(name);
        return Result.ok(edit(name, page));
    }

    /** As by hand. */
    public StoredPage edit(String name, AccessReportPage page) {
        version++;
        pages.put(name, new StoredPage(page, "v" + version, version));
        return pages.get(name);
    }

    @Override
    public Result<Boolean> delete(String name) {
        return down ? Result.failed(DOWN) : Result.ok(pages.remove(name) != null);
    }

    @Override
    public Optional<Long> cachedGeneration(String name) {
        return Optional.ofNullable(pages.get(name)).map(StoredPage::generation);
    }

    /** All pages. */
    public List<AccessReportPage> pages() {
        return pages.values().stream().map(StoredPage::content).toList();
    }

    /** Their names. */
    public List<String> names() {
        return List.copyOf(pages.keySet());
    }

    /** The entries of all pages. */
    public List<AccessEntry> entries() {
        return pages().stream().flatMap(page -> page.entries().stream()).toList();
    }

    /** The recorded revocations. */
    public List<AccessRevocation> revocations() {
        return pages().stream()
                .flatMap(page -> Optional.ofNullable(page.revocations()).orElse(List.of()).stream())
                .toList();
    }
}
