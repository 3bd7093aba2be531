package dev.redisaccess.operator.binding.port;

import dev.redisaccess.operator.api.AccessReportPage;
import dev.redisaccess.operator.binding.Result;
import java.util.Optional;

/** The pages of access reports, in the Kubernetes API. Each call is one request. */
public interface AccessReportStore {

    /**
     * A page as it is stored.
     *
     * @param content fields may be null in what was written by hand
     * @param resourceVersion for {@link #write}
     * @param generation changes with the content, and not with metadata
     */
    record StoredPage(AccessReportPage content, String resourceVersion, long generation) {}

    /** Reads a page; empty if there is none. */
    Result<Optional<StoredPage>> read(String name);

    /**
     * Creates a page, or replaces the one that was read. Fails if it was changed or deleted since.
     *
     * @param owner the UID of the RedisDatabase, with which the page is deleted
     * @param over the page that was read; empty: there is none
     */
    Result<StoredPage> write(String name, AccessReportPage page, String owner, Optional<StoredPage> over);

    /** Deletes a page; one that is gone is no failure. */
    Result<Boolean> delete(String name);

    /**
     * The generation of a page in the cache of the watch; empty: it is not there. The cache may be older than the last write.
     */
    Optional<Long> cachedGeneration(String name);
}
