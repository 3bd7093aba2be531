package dev.redisaccess.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.redisaccess.emulator.state.Principal.ManagedIdentity;
import dev.redisaccess.operator.api.AccessEntry;
import dev.redisaccess.operator.api.AssignmentKind;
import dev.redisaccess.operator.api.DatabaseAccessStatus;
import dev.redisaccess.operator.api.RedisAccessReport;
import dev.redisaccess.operator.api.RedisDatabase;
import io.fabric8.kubernetes.api.model.Condition;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Access profiles of the shipped program, from objects that a real API server has admitted to what a workload may do. */
@OnApiServer
class AccessProfileLifecycleTest {

    private static final String NAME = OperatorStage.NAME;
    private static final String PROFILES = """
            {"profiles": [
              {"name": "reader", "accessString": "+@read -@dangerous ~{namespace}:*"},
              {"name": "writer", "accessString": "+@read +@write -@dangerous ~{namespace}:*"}]}
            """;
    private static final int BINDINGS = 10;

    private final ApiServer api;
    private OperatorStage stage;

    AccessProfileLifecycleTest(ApiServer api) {
        this.api = api;
    }

    @BeforeEach
    void setUp() {
        stage = new OperatorStage(api);
        stage.limit(PROFILES);
    }

    @AfterEach
    void tearDown() {
        stage.close();
    }

    @Test
    void aReaderBecomesAWriterOnItsOpenConnectionAndKeepsThatWithoutAProfile() {
        UnpackagedOperator operator = stage.startOperator("operator-0");
        String own = stage.shop + ":1";
        ManagedIdentity billing = stage.workload("billing");
        stage.bind(NAME, "accessProfile: reader");
        stage.bind("billing", "billing", "");
        stage.awaitReady(NAME);
        assertThat(message(NAME, "LeastPrivilegeVerified")).contains("allowed `EXISTS`", "denied `SETRANGE`");

        try (WorkloadConnection connection = stage.connect()) {
            RedisCommands<String, String> redis = connection.redis();
            assertThat(redis.get(own)).isNull();
            assertDenied(() -> redis.set(own, "v"));
            assertDenied(() -> redis.get("another:1"));

            stage.bind(NAME, "accessProfile: writer");
            stage.awaitReady(NAME);
            assertThat(redis.set(own, "v")).isEqualTo("OK");
            assertThat(redis.get(own)).isEqualTo("v");
            assertDenied(() -> redis.set("another:1", "v"));
            stage.awaitReady("billing");

            Map<String, String> access = stage.accessInAzure();
            assertThat(access)
                    .isEqualTo(Map.of(
                            OperatorStage.WORKLOAD_OBJECT,
                            "+@read +@write -@dangerous ~" + stage.shop + ":*",
                            billing.objectId(),
                            "+@all ~*"));
            long changes = stage.writesToAzure();
            assertThat(changes).as("two created, one updated").isEqualTo(3);

            stage.bind(NAME, "accessProfile: missing");
            stage.awaitCondition(NAME, "AccessGranted", "False", "AccessProfileNotFound");
            assertThat(message(NAME, "AccessGranted")).contains("`missing`", "`reader`, `writer`", "stays as it is");
            stage.limit("{\"full\": \"Forbidden\"}");
            stage.awaitCondition("billing", "AccessGranted", "False", "FullAccessForbidden");
            assertThat(message("billing", "AccessGranted")).contains("stays as it is");
            stage.workload("late");
            stage.bind("late", "late", "");
            stage.awaitCondition("late", "AccessGranted", "False", "FullAccessForbidden");

            // The first review of a process is made at once.
            assertThat(operator.terminate()).isIn(0, 143);
            UnpackagedOperator next = stage.startOperator("operator-1");
            await().atMost(OperatorStage.PATIENCE).untilAsserted(() -> {
                assertThat(kinds())
                        .isEqualTo(Map.of(
                                OperatorStage.WORKLOAD_OBJECT,
                                AssignmentKind.LEFTOVER,
                                billing.objectId(),
                                AssignmentKind.LEFTOVER));
                DatabaseAccessStatus counts = database().getStatus().access();
                assertThat(List.of(counts.total(), counts.bound(), counts.leftover()))
                        .containsExactly(2, 0, 2);
            });
            assertThat(redis.set(own, "w")).as("its own, as before").isEqualTo("OK");
            assertDenied(() -> redis.set("another:1", "v"));
            assertThat(stage.accessInAzure()).isEqualTo(access);
            assertThat(stage.writesToAzure()).isEqualTo(changes);
            assertThat(operator.log() + next.log()).doesNotContain("ERROR", "forbidden");

            stage.bind("late", "late", "accessProfile: reader");
            stage.bind("billing", "billing", "accessProfile: reader");
            stage.bind(NAME, "accessProfile: reader");
            List.of(NAME, "billing", "late").forEach(stage::awaitReady);
            assertThat(stage.accessInAzure()).hasSize(3).allSatisfy((objectId, granted) -> assertThat(granted)
                    .isEqualTo("+@read -@dangerous ~" + stage.shop + ":*"));
            assertDenied(() -> redis.set(own, "v"));
            assertThat(redis.get(own)).isEqualTo("w");
        }
        stage.unbind("late");
        stage.unbind("billing");
        stage.unbind(NAME);
        assertThat(stage.grantedInAzure()).isEmpty();
    }

    @Test
    void aChangedProfileIsOneUpdateForEachBinding() {
        UnpackagedOperator operator = stage.startOperator("operator-0");
        List<String> names = IntStream.range(0, BINDINGS)
                .mapToObj(number -> "account-" + number)
                .toList();
        Map<String, String> objectIds = new TreeMap<>();
        for (String name : names) {
            objectIds.put(name, stage.workload(name).objectId());
            stage.bind(name, name, "accessProfile: reader");
        }
        names.forEach(stage::awaitReady);
        assertThat(stage.changesInAzure()).hasSize(BINDINGS).doesNotHaveDuplicates();

        stage.limit("""
                {"profiles": [{"name": "reader", "accessString": "+get ~{namespace}:{serviceAccount}:*"}]}
                """);
        await().atMost(OperatorStage.PATIENCE).untilAsserted(() -> assertThat(stage.accessInAzure())
                .isEqualTo(names.stream()
                        .collect(Collectors.toMap(objectIds::get, name -> "+get ~" + stage.shop + ":" + name + ":*"))));
        // Ready again with the new rule: the generation of the bindings is the same.
        await().atMost(OperatorStage.PATIENCE)
                .untilAsserted(() -> assertThat(names).allSatisfy(name -> {
                    assertThat(message(name, "AccessGranted")).contains("`+get ~" + stage.shop + ":" + name + ":*`");
                    assertThat(stage.condition(name, "Ready").map(Condition::getStatus))
                            .contains("True");
                }));

        // Azure lets assignments fail that are changed at once: all of these succeeded.
        Map<String, Long> puts = stage.changesInAzure().stream()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        assertThat(puts).hasSize(BINDINGS).allSatisfy((request, count) -> {
            assertThat(request).startsWith("PUT ");
            assertThat(count).as("created, and updated: %s", request).isEqualTo(2);
        });
        assertThat(operator.log()).doesNotContain("ERROR", "forbidden");

        List<String> unbind = new ArrayList<>(List.of("delete", "rab", "-n", stage.shop, "--timeout=60s"));
        unbind.addAll(names);
        api.kubectl().run(unbind.toArray(String[]::new));
        assertThat(stage.grantedInAzure()).isEmpty();
    }

    private String message(String binding, String type) {
        return stage.condition(binding, type).map(Condition::getMessage).orElseThrow();
    }

    private RedisDatabase database() {
        return api.client().resources(RedisDatabase.class).withName(stage.shop).get();
    }

    private Map<String, AssignmentKind> kinds() {
        return api
                .client()
                .resources(RedisAccessReport.class)
                .withField("report.database", stage.shop)
                .list()
                .getItems()
                .stream()
                .flatMap(page -> page.getReport().entries().stream())
                .collect(Collectors.toMap(AccessEntry::objectId, AccessEntry::kind));
    }

    private static void assertDenied(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(RedisCommandExecutionException.class)
                .hasMessageStartingWith("NOPERM");
    }
}
