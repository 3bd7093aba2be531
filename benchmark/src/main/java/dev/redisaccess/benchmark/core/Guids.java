package dev.redisaccess.benchmark.core;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** IDs as random as Entra's, so that comparisons end as early as in production. The same in every run. */
final class Guids {

    private Guids() {}

    static String of(String what, int number) {
        return UUID.nameUUIDFromBytes((what + number).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
