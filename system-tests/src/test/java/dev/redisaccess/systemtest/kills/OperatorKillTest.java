package dev.redisaccess.systemtest.kills;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.launcher.OperatorProcess;
import dev.redisaccess.systemtest.faults.LeakSearch;
import dev.redisaccess.systemtest.scenario.LocalPlatform;
import dev.redisaccess.systemtest.scenario.Tenant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The operator dies by SIGKILL at any moment and at every kill point, is started again, and dies again, while its
 * bindings change. Now and then it may continue; then Azure must have exactly what the bindings require.
 * {@code -Pfaults}: 200 kills, and every kill point must have been reached. {@code -Dkills.point=NAME}: at that one only.
 */
class OperatorKillTest {

    private static final boolean ALL = "all".equals(System.getProperty("faults"));
    private static final int KILLS = Integer.getInteger("kills", ALL ? 200 : 6);
    private static final Optional<KillPoint> ONLY =
            Optional.ofNullable(System.getProperty("kills.point")).map(KillPoint::valueOf);

    /** After so many kills the operator must come to rest. */
    private static final int REST = ALL ? 10 : 3;

    /** Until a point is reached; much more than a start takes. */
    private static final Duration LONGEST = Duration.ofSeconds(12);

    private final LocalPlatform platform = new LocalPlatform();
    private final long seed = Long.getLong("kills.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Map<KillPoint, Integer> killedAt = new EnumMap<>(KillPoint.class);
    private final Map<KillPoint, Integer> missed = new EnumMap<>(KillPoint.class);
    private final List<Path> logs = new ArrayList<>();
    private int started;

    @BeforeEach
    void start() throws Exception {
        platform.startWithoutOperator("fast");
    }

    @AfterEach
    void stop() throws IOException {
        platform.closeWithoutOperator();
    }

    @Test
    @Timeout(value = 90, unit = TimeUnit.MINUTES)
    void afterKillsAtAnyMomentAzureHasWhatTheBindingsRequire() throws Exception {
        Tenant tenant = platform.tenant("killed").withDatabase().registered();
        var users = new UserActions(platform, tenant, random);
        try (var truth = new StatusTruth(platform.client(), tenant);
                var points = new KillPointWatch(platform, tenant.name())) {
            for (int kill = 0; kill < KILLS; kill++) {
                killOnce(users, points, pointFor(kill));
                if (kill % REST == REST - 1) {
                    rest(users);
                }
            }
            users.end();
            rest(users);
            assertThat(tenant.assignments()).isEmpty();
            assertThat(truth.claims()).as("claims that were compared").isPositive();
            assertThat(truth.wrong()).isEmpty();
            checkLogs(truth);
            if (ALL) {
                assertThat(killedAt.keySet()).as("points that were reached").containsAll(reachable());
            }
            System.out.println("kills " + killedAt + ", points not reached " + missed + ", claims of Ready compared "
                    + truth.claims() + ", starts " + started);
        } catch (AssertionError | RuntimeException wrong) {
            throw new AssertionError(
                    "-Dkills.seed=" + seed + ": " + wrong.getMessage() + "\n" + killedAt + "\n" + users.log(), wrong);
        }
    }

    /** Every point has its turn; between them, any moment. */
    private KillPoint pointFor(int kill) {
        if (ONLY.isPresent()) {
            return ONLY.get();
        }
        KillPoint[] points = KillPoint.values();
        return ALL && kill % 2 == 1
                ? KillPoint.ANY
                : points[(ALL ? kill / 2 : kill * 2 + (int) (seed & 1)) % points.length];
    }

    private static Set<KillPoint> reachable() {
        return ONLY.map(Set::of).orElseGet(() -> EnumSet.complementOf(EnumSet.of(KillPoint.ANY)));
    }

    private void killOnce(UserActions users, KillPointWatch points, KillPoint point) throws InterruptedException {
        points.arm(point);
        users.cause(point);
        try (OperatorProcess operator = startOperator()) {
            users.next();
            Duration time = point == KillPoint.ANY ? Duration.ofMillis(random.nextInt(8000)) : LONGEST;
            boolean reached = points.await(point, time);
            assertThat(operator.process().isAlive())
                    .as("it ends by a kill only:\n%s", operator.process().tail(200))
                    .isTrue();
            operator.process().kill();
            (reached ? killedAt : missed).merge(point, 1, Integer::sum);
            if (random.nextBoolean()) {
                users.next();
            }
        }
    }

    private void rest(UserActions users) {
        platform.azure().faults().clear();
        try (OperatorProcess operator = startOperator()) {
            users.awaitSettled();
            assertThat(operator.process().isAlive()).isTrue();
        }
    }

    private OperatorProcess startOperator() {
        OperatorProcess operator = platform.startProcess("operator");
        started++;
        logs.addAll(operator.process().logs());
        return operator;
    }

    private void checkLogs(StatusTruth truth) throws IOException {
        LeakSearch leaks = new LeakSearch(platform).messages(truth.messages()).objects();
        long logging = 0;
        for (Path log : logs) {
            logging += Files.readString(log).contains(" INFO ") ? 1 : 0;
            assertThat(Files.readString(log)).doesNotContain("eyJ", "InternalError", "failed unexpectedly");
            leaks.log(log);
        }
        // On a busy machine many are killed before their first line.
        assertThat(logging).as("processes that log as they do in a pod").isGreaterThan(started / 4);
        leaks.mustHaveFoundNothing();
    }
}
