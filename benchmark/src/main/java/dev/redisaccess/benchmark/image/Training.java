package dev.redisaccess.benchmark.image;

import dev.redisaccess.benchmark.stage.AotCache;
import dev.redisaccess.benchmark.stage.OperatorProcess;
import dev.redisaccess.benchmark.stage.Platform;
import dev.redisaccess.benchmark.stage.Setup;
import dev.redisaccess.benchmark.stage.Waiting;
import java.time.Duration;

/**
 * The run that an image's AOT cache comes of: from the start until the operator leads, watches, and knows the databases. Without
 * bindings: a runtime loads at its start all that is in its cache, and with what a login needs it was measured to start a
 * quarter of a second later and to hold 9 MiB more, while the first bindings were Ready no sooner.
 */
public final class Training {

    private static final Duration IDLE = Duration.ofSeconds(5);

    private Training() {}

    /** A local Kubernetes, and a local Azure that lets the operator wait and ask again, though not for long. */
    static Setup setup() {
        return new Setup(Setup.Api.mock, 2, Setup.Pace.TENTH, 5, 900);
    }

    /**
     * The program with a cache.
     *
     * @param cache is written
     * @throws dev.redisaccess.benchmark.stage.BenchmarkFailure if it is not written
     */
    public static OperatorProcess.Program train(OperatorProcess.Program program, AotCache cache) {
        try (Platform platform = Platform.open(setup())) {
            return cache.trained(platform, program, () -> live(platform));
        }
    }

    private static void live(Platform platform) {
        platform.population().registerDatabases();
        platform.population().awaitDatabases();
        Waiting.pause(IDLE);
    }
}
