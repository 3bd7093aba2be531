package dev.redisaccess.operator.controller.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.AccessEntry;
import dev.redisaccess.operator.api.Acknowledgement;
import dev.redisaccess.operator.api.AllowedNamespaces;
import dev.redisaccess.operator.api.AssignmentKind;
import dev.redisaccess.operator.api.DatabaseAccessSpec;
import dev.redisaccess.operator.api.RedisAccessReport;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.binding.Access;
import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.DatabaseResolution;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.ProvisioningState;
import dev.redisaccess.operator.binding.review.AccessReview;
import dev.redisaccess.operator.kubernetes.ApiServer;
import dev.redisaccess.operator.kubernetes.OnApiServer;
import dev.redisaccess.operator.publish.AccessReportPublisher;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports of many assignments, as a real API server stores them. */
@OnApiServer
class StoredReportTest {

    private static final Duration PERIOD = Duration.ofMinutes(5);

    private final ApiServer api;
    private final PassFixture fixture = new PassFixture();
    private RedisDatabase owner;
    private ReviewPass reviews;

    StoredReportTest(ApiServer api) {
        this.api = api;
    }

    @BeforeEach
    void register() {
        api.kubectl().runWith("""
                apiVersion: redisaccess.dev/v1alpha1
                kind: RedisDatabase
                metadata: {name: orders-cache}
                spec: {resourceId: /subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/shop/providers/Microsoft.Cache/redisEnterprise/orders}
                """, "apply", "-f", "-");
        owner = api.client()
                .resources(RedisDatabase.class)
                .withName("orders-cache")
                .get();
        spec(List.of());
        reviews = start();
    }

    @AfterEach
    void remove() {
        api.client().resources(RedisAccessReport.class).delete();
        api.client().resources(RedisDatabase.class).withName("orders-cache").delete();
    }

    private ReviewPass start() {
        return new ReviewPass(
                fixture.cluster,
                fixture.azure,
                fixture.peers,
                PassFixture.MARK,
                new AccessReportPublisher(
                        api.client(),
                        name -> Optional.ofNullable(api.client()
                                .resources(RedisAccessReport.class)
                                .withName(name)
                                .get())),
                ((InstantSource) () -> fixture.now.plus(fixture.clockSet)).withZone(ZoneOffset.UTC),
                ((InstantSource) () -> fixture.now).withZone(ZoneOffset.UTC));
    }

    private void spec(List<Acknowledgement> entries) {
        fixture.register(
                "orders-cache",
                new AllowedNamespaces(List.of("shop"), null),
                null,
                new DatabaseAccessSpec(null, null, entries, null, null, null));
        fixture.cluster
                .databases
                .get("orders-cache")
                .getMetadata()
                .setUid(owner.getMetadata().getUid());
    }

    private AccessReview review() {
        fixture.now = fixture.now.plus(PERIOD);
        RedisDatabase registered = fixture.cluster.databases.get("orders-cache");
        DatabaseId id = DatabaseResolution.idOf(registered).toOptional().orElseThrow();
        ReviewPass.Outcome outcome = reviews.run(registered, id, PERIOD);
        assertThat(outcome.problem()).isEmpty();
        return outcome.review().orElseThrow();
    }

    private List<RedisAccessReport> pages() {
        return api.client()
                .resources(RedisAccessReport.class)
                .withField("report.database", "orders-cache")
                .list()
                .getItems();
    }

    private static ObjectId principal(int number) {
        return new ObjectId("99999999-0000-0000-0000-%012d".formatted(number));
    }

    private void assign(String name, int number) {
        fixture.azure.assignments.put(
                principal(number),
                new Assignment(
                        name,
                        Optional.of(principal(number)),
                        number % 3 == 0 ? Access.restricted("+@read ~orders:*") : Access.full(),
                        ProvisioningState.Succeeded,
                        Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 250, 1000, 5000})
    void everyAssignmentIsStoredOnceAndFitsIntoEtcd(int count) {
        for (int i = 0; i < count; i++) {
            assign(i % 2 == 0 ? PassFixture.MARK.assignmentName(principal(i)) : "terraform" + i, i);
        }
        long begun = System.nanoTime();
        review();
        long took = (System.nanoTime() - begun) / 1_000_000;

        List<RedisAccessReport> pages = pages();
        int largest = pages.stream()
                .mapToInt(page -> Serialization.asJson(page).length())
                .max()
                .orElse(0);
        System.out.printf(
                "%d assignments: %d pages, the largest %d bytes as JSON, written in %d ms%n",
                count, pages.size(), largest, took);
        assertThat(pages.stream().flatMap(page -> page.getReport().entries().stream()))
                .extracting(AccessEntry::objectId)
                .hasSize(count)
                .doesNotHaveDuplicates();
        assertThat(largest).isLessThan(1_000_000);

        Map<String, String> versions = versions();
        review();
        reviews = start();
        review();
        assertThat(versions()).as("no write at rest, nor after a restart").isEqualTo(versions);

        assign("one-more", count);
        review();
        Map<String, String> after = versions();
        assertThat(after.entrySet().stream().filter(page -> !page.getValue().equals(versions.get(page.getKey()))))
                .as("one entry more is one write, unless the number of pages grows")
                .hasSize(count == 250 ? 2 : 1);
    }

    private Map<String, String> versions() {
        Map<String, String> versions = new HashMap<>();
        pages().forEach(page ->
                versions.put(page.getMetadata().getName(), page.getMetadata().getResourceVersion()));
        return versions;
    }

    /** A thousand assignments of all kinds, while bindings and other tools come and go. */
    @Test
    void theReportFollowsEveryChange() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(42);
        spec(List.of(
                new Acknowledgement(principal(1).value(), "export", "data", "2027-12-31"),
                new Acknowledgement(principal(7).value(), "export", "data", "2027-12-31")));
        fixture.makeReady(fixture.bind("orders"));
        for (int i = 0; i < 1000; i++) {
            assign(i % 2 == 0 ? PassFixture.MARK.assignmentName(principal(i)) : "terraform" + i, i);
        }
        for (int round = 0; round < 30; round++) {
            for (int change = 0; change < random.nextInt(1, 20); change++) {
                int number = random.nextInt(1100);
                switch (random.nextInt(3)) {
                    case 0 -> fixture.azure.assignments.remove(principal(number));
                    case 1 -> assign("by-hand" + number, number);
                    default -> assign(PassFixture.MARK.assignmentName(principal(number)), number);
                }
            }
            if (random.nextInt(5) == 0) {
                reviews = start();
            }
            AccessReview review = review();
            Map<String, AssignmentKind> expected = new HashMap<>();
            fixture.azure.assignments.values().forEach(each -> expected.put(each.name(), kind(each)));
            Map<String, AssignmentKind> stored = new HashMap<>();
            pages().forEach(page ->
                    page.getReport().entries().forEach(entry -> stored.put(entry.assignment(), entry.kind())));
            assertThat(stored).isEqualTo(expected);
            for (AssignmentKind kind : AssignmentKind.values()) {
                assertThat(review.count(kind)).isEqualTo((int)
                        expected.values().stream().filter(kind::equals).count());
            }
        }
    }

    private static AssignmentKind kind(Assignment assignment) {
        ObjectId principal = assignment.objectId().orElseThrow();
        boolean ours = PassFixture.MARK.isOn(assignment);
        if (principal.equals(PassFixture.ORDERS.objectId())) {
            return AssignmentKind.BOUND;
        }
        if (principal.equals(principal(1)) || principal.equals(principal(7))) {
            return AssignmentKind.ACKNOWLEDGED;
        }
        return ours ? AssignmentKind.LEFTOVER : AssignmentKind.UNMANAGED;
    }

    @Test
    void pagesBelongToTheirDatabase() {
        assign("by-hand", 1);
        review();
        assertThat(pages()).singleElement().satisfies(page -> assertThat(
                        page.getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(reference -> assertThat(reference.getUid())
                        .isEqualTo(owner.getMetadata().getUid())));
    }
}
