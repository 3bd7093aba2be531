package dev.redisaccess.benchmark.core;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Ids as Entra makes them: with nothing in common, so that a comparison ends where it would. The same in every run. */
final class Guids {

    private Guids() {}

    static String of(String what, int number) {
        return UUID.nameUUIDFromBytes((what + number).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
