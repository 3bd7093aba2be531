package dev.redisaccess.quickstart.workload;

import io.lettuce.core.RedisCommandExecutionException;

/** The first word of what Redis answered, such as {@code WRONGPASS}; the kind of failure when Redis did not answer. */
final class Refusal {
    private Refusal() {}

    static String of(Throwable failure) {
        Throwable deepest = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RedisCommandExecutionException answer && answer.getMessage() != null) {
                return answer.getMessage().split(" ", 2)[0];
            }
            deepest = cause;
        }
        return deepest.getClass().getSimpleName();
    }
}
