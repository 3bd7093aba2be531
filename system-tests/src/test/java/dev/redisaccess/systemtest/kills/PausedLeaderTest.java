package dev.redisaccess.systemtest.kills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.redisaccess.emulator.http.RequestLog;
import dev.redisaccess.launcher.OperatorProcess;
import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.systemtest.faults.LeakSearch;
import dev.redisaccess.systemtest.scenario.BindingView;
import dev.redisaccess.systemtest.scenario.LocalPlatform;
import dev.redisaccess.systemtest.scenario.Tenant;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Timeout;

/**
 * Two replicas. The leader is stopped in the middle of an operation, with more of them waiting, for longer than its Lease
 * lasts; another leads and does everything; then the first continues without having noticed it. Nothing that it had begun may
 * reach Azure any more. {@code -Pfaults}: five times.
 */
class PausedLeaderTest {

    private static final boolean ALL = "all".equals(System.getProperty("faults"));
    private static final int TIMES = 5;

    /** Long enough to be in the middle of one, and for others that wait to be reported meanwhile. */
    private static final String SLOW = "{assignmentCreateMillis: 4000, assignmentDeleteMillis: 4000}";

    private final LocalPlatform platform = new LocalPlatform();

    @BeforeEach
    void start() throws Exception {
        platform.startWithoutOperator(SLOW);
    }

    @AfterEach
    void stop() throws IOException {
        platform.closeWithoutOperator();
    }

    @RepeatedTest(TIMES)
    @Timeout(value = 6, unit = TimeUnit.MINUTES)
    void whatTheFormerLeaderHadBegunDoesNotReachAzure(RepetitionInfo repetition) throws Exception {
        if (repetition.getCurrentRepetition() > 1 && !ALL) {
            return;
        }
        Tenant tenant = platform.tenant("paused").withDatabase().registered();
        for (int i = 0; i < 4; i++) {
            tenant.workload("w-" + i);
        }
        try (OperatorProcess first = leader("first");
                OperatorProcess second = platform.startProcess("second")) {
            BindingView old = tenant.bind("old", "w-0");
            old.awaitReady();
            List<BindingView> unwanted = queueWork(tenant, old);
            first.process().pause();

            unwanted.forEach(BindingView::delete);
            awaitLeader("second", second);
            unwanted.forEach(BindingView::awaitGone);
            old.awaitGone();
            BindingView later = tenant.bind("later", "w-0");
            later.awaitReady();
            List<String> before = tenant.grantedObjectIds();
            assertThat(before).hasSize(1);
            platform.azure().requestLog().clear();

            first.process().resume();

            await().during(Duration.ofSeconds(6)).atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertThat(tenant.armWrites())
                        .extracting(RequestLog.Entry::method, RequestLog.Entry::path)
                        .isEmpty();
                assertThat(tenant.grantedObjectIds()).isEqualTo(before);
            });
            BindingView.patiently("the end of the former leader")
                    .until(() -> !first.process().isAlive());
            later.awaitReady();
            assertThat(second.process().isAlive()).isTrue();
            assertThat(tenant.grantedObjectIds()).isEqualTo(before);
            LeakSearch leaks = new LeakSearch(platform).objects();
            for (Path log : Stream.of(first, second)
                    .flatMap(each -> each.process().logs().stream())
                    .toList()) {
                leaks.log(log);
            }
            leaks.mustHaveFoundNothing();
        }
    }

    /** In the leader's lane: a creation that Azure works on, a deletion, and more creations. */
    private List<BindingView> queueWork(Tenant tenant, BindingView old) {
        platform.azure().requestLog().clear();
        BindingView running = tenant.bind("running", "w-1");
        BindingView.patiently("a creation under way")
                .until(() -> tenant.armWrites().size() == 1);
        old.delete();
        List<BindingView> waiting = List.of(tenant.bind("waiting-1", "w-2"), tenant.bind("waiting-2", "w-3"));
        BindingView.patiently("work that waits")
                .until(() -> waiting.stream().allMatch(PausedLeaderTest::waitsForAzure));
        return List.of(running, waiting.get(0), waiting.get(1));
    }

    /** It is reported only of what takes longer than some seconds. */
    private static boolean waitsForAzure(BindingView binding) {
        return binding.condition(ConditionType.ACCESS_GRANTED)
                .filter(condition -> condition.getReason().equals(Reason.GRANTING_ACCESS.text()))
                .isPresent();
    }

    private OperatorProcess leader(String pod) {
        OperatorProcess operator = platform.startProcess(pod);
        awaitLeader(pod, operator);
        return operator;
    }

    private void awaitLeader(String pod, OperatorProcess operator) {
        BindingView.patiently(pod + " leads").until(() -> operator.isLeading(platform.client()));
    }
}
