package dev.redisaccess.operator.binding.port;

import java.time.Instant;
import java.util.Optional;

/**
 * The work at Entra and Redis that waits for a thread.
 *
 * @param identifications that wait
 * @param verifications that wait
 * @param oldest since when the first of them waits; empty: none does
 */
public record WorkLoad(int identifications, int verifications, Optional<Instant> oldest) {

    /** Nothing waits. */
    public static final WorkLoad NONE = new WorkLoad(0, 0, Optional.empty());
}
