package dev.redisaccess.systemtest.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.emulator.state.Principal.ManagedIdentity;
import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.RequestReference;
import dev.redisaccess.systemtest.scenario.BindingView;
import dev.redisaccess.systemtest.scenario.LocalPlatform;
import dev.redisaccess.systemtest.scenario.Tenant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every reason, caused for real and shown by the whole operator in a status: by the emulator, the API
 * server, a real Redis or the network. A reason without a provocation fails here, and so does one that is never seen.
 * Everything that is written is searched for tokens, and each message is held to the rule for messages.
 */
class EveryReasonTest {

    private static final int AT_ONCE = 16;
    private static final Path LOG = Path.of("target", "every-reason.log");
    private static final DnsOfTests DNS = new DnsOfTests();

    @RegisterExtension
    static final LocalPlatform PLATFORM = LocalPlatform.withTokenProxy(
                    Map.of("REDIS_ACCESS_VERIFICATION_CONCURRENCY", "64"))
            .redisClient(DNS::resources);

    private static final Pattern SENTENCES = Pattern.compile("(?s)[`A-Z].*[.…]");

    /** IDs, endpoints and fields outside back-quotes, and words that are not plain English. */
    private static final Pattern FLAWS = Pattern.compile("(?i)\\b[0-9a-f]{8}-[0-9a-f]{4}-|\\blocalhost:\\d|\\bspec[.]"
            + "|\\b(told|tells?|stands? in|by itself|anew|goes on|beside|knows? no|nobody|somebody|whoever|wants?)\\b");

    private static LogCapture log;
    private static SeenConditions seen;

    @BeforeAll
    static void watch() throws IOException {
        log = LogCapture.to(LOG);
        seen = new SeenConditions(PLATFORM.client());
    }

    @AfterAll
    static void end() {
        seen.close();
        log.close();
        DNS.close();
    }

    @TestFactory
    Stream<DynamicTest> everyReasonIsShown() {
        List<Provocation> provocations = Provocations.list();
        ExecutorService players = Executors.newFixedThreadPool(AT_ONCE);
        List<DynamicTest> tests = new ArrayList<>();
        tests.add(DynamicTest.dynamicTest("none is left out", () -> assertThat(Provocations.missing(provocations))
                .as("reasons without a provocation: add a row to the matrix that shows it, or a line to Provocations")
                .isEmpty()));
        for (Provocation provocation : provocations) {
            Future<?> played = players.submit(() -> play(provocation));
            tests.add(DynamicTest.dynamicTest(texts(provocation) + " by " + provocation.name(), () -> await(played)));
        }
        players.shutdown();
        tests.add(DynamicTest.dynamicTest("no token anywhere", () -> new LeakSearch(PLATFORM)
                .log(LOG)
                .messages(seen.messages())
                .objects()
                .mustHaveFoundNothing()));
        tests.add(DynamicTest.dynamicTest(
                "every message keeps the rule",
                () -> assertThat(seen.messages()).isNotEmpty().allSatisfy(EveryReasonTest::keepsTheRule)));
        return tests.stream();
    }

    /** The rule of CONTRIBUTING.md. The response of another system, and text in parentheses, is exempt. */
    private static void keepsTheRule(String message) {
        String text = RequestReference.removedFrom(message);
        assertThat(text).matches(SENTENCES);
        assertThat(text.replaceAll("`[^`]*`", "")
                        .replaceAll("(?s) answered: .*", "")
                        .replaceAll("\\([^)]*\\)(: .*)?", ""))
                .doesNotContainPattern(FLAWS);
    }

    private static void await(Future<?> played) throws Exception {
        try {
            played.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof AssertionError wrong) {
                throw wrong;
            }
            throw failed;
        }
    }

    private static void play(Provocation provocation) {
        Tenant tenant = PLATFORM.tenantApart(provocation.name());
        if (provocation.shards() > 0) {
            tenant.withShards(provocation.shards());
        } else {
            tenant.withDatabase();
        }
        ManagedIdentity workload = tenant.workload(Provocation.ACCOUNT);
        Scene scene = new Scene(PLATFORM, tenant, workload);
        try {
            provocation.play().accept(scene);
            BindingView.patiently(provocation.name() + " to show " + texts(provocation))
                    .untilAsserted(() -> assertThat(shown(tenant)).containsAll(provocation.reasons()));
        } finally {
            scene.heal();
            leave(tenant);
        }
    }

    /** The reasons that were in the condition that they are about, or, of Azure's, in the one about access. */
    private static Set<Reason> shown(Tenant tenant) {
        return seen.of(tenant.name()).stream()
                .flatMap(condition -> Stream.of(Reason.values())
                        .filter(reason -> reason.text().equals(condition.getReason()))
                        .filter(reason -> isAbout(reason, condition.getType())))
                .collect(Collectors.toSet());
    }

    private static boolean isAbout(Reason reason, String type) {
        return reason.condition() == ConditionType.READY
                || reason.condition().text().equals(type)
                || reason.name().startsWith("AZURE_")
                        && ConditionType.ACCESS_GRANTED.text().equals(type);
    }

    /** A database is a process: it must not stay until all are through. */
    private static void leave(Tenant tenant) {
        var binding = new BindingView(PLATFORM.client(), tenant.name(), Provocation.BINDING);
        binding.delete();
        tenant.registration().delete();
        tenant.removeDatabase();
    }

    private static String texts(Provocation provocation) {
        return provocation.reasons().stream().map(Reason::text).collect(Collectors.joining(", "));
    }
}
