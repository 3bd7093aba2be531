package dev.redisaccess.operator.azure;

import dev.redisaccess.operator.binding.DatabaseId;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The api-version with which the access policy assignments of one database are read: Azure may refuse one in a region only. The
 * generally available ones hide {@code accessString}, so that an assignment that was narrowed looks like one of full access. Safe
 * for use by many threads.
 */
final class ReadVersion {

    /** One of the two versions that show {@code accessString}: 2026-05-01-preview is the other. */
    static final String PREVIEW = "2026-06-01-preview";

    /** How long the preview version is not requested after a refusal. */
    static final Duration FALLBACK = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(ReadVersion.class);

    private final DatabaseId database;
    private Instant refusedUntil = Instant.MIN;
    private boolean fallenBack;

    ReadVersion(DatabaseId database) {
        this.database = database;
    }

    /** The version to request. */
    synchronized String at(Instant now) {
        return now.isBefore(refusedUntil) ? ArmPolicies.API_VERSION : PREVIEW;
    }

    /** Azure refused the preview version. Logged once, until it is accepted again. */
    synchronized void recordRefusal(Instant now) {
        refusedUntil = now.plus(FALLBACK);
        if (!fallenBack) {
            fallenBack = true;
            LOG.warn(
                    "Azure refuses api-version {} for {}. Access policy assignments are read with {}, which"
                            + " does not show how much access an assignment grants. An assignment that the operator did"
                            + " not create is used as it is, and never overwritten.",
                    PREVIEW,
                    database,
                    ArmPolicies.API_VERSION);
        }
    }

    /** Azure answered a request with this version. */
    synchronized void recordSuccess(String version) {
        if (fallenBack && PREVIEW.equals(version)) {
            fallenBack = false;
            LOG.info("Azure accepts api-version {} for {} again.", PREVIEW, database);
        }
    }
}
