package dev.redisaccess.operator.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.AssignmentOrigin;
import dev.redisaccess.operator.api.AssignmentStatus;
import dev.redisaccess.operator.api.DeletionPolicy;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.port.DatabaseSnapshot;
import dev.redisaccess.operator.binding.port.LaneState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever Azure lists, the lane does and status has on record: what the planners may never plan. Three principals and few
 * names, so that they meet; what fails is shrunk to the smallest case.
 */
class PlannerPropertiesTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final ObjectId ME = id('1');
    private static final List<ObjectId> PRINCIPALS = List.of(ME, id('2'), id('3'));

    @Property
    void neverTouchesWhatGrantsSomethingElse(
            @ForAll("inventories") Inventory inventory,
            @ForAll("lanes") LaneState lane,
            @ForAll Optional<AssignmentOrigin> recorded,
            @ForAll boolean peer) {
        AssignmentPlan plan = AssignmentPlanner.plan(ME, inventory, lane, recorded, peer);
        boolean foreign =
                inventory.of(ME).filter(found -> !found.access().usable()).isPresent();
        assertThat(plan instanceof AssignmentPlan.Conflict).isEqualTo(foreign);
    }

    @Property
    void createsOnlyWhatIsMissingOrInDoubtAndNeverBesideTheLane(
            @ForAll("inventories") Inventory inventory,
            @ForAll("lanes") LaneState lane,
            @ForAll Optional<AssignmentOrigin> recorded,
            @ForAll boolean peer) {
        AssignmentPlan plan = AssignmentPlanner.plan(ME, inventory, lane, recorded, peer);
        if (plan instanceof AssignmentPlan.Create) {
            assertThat(busy(lane)).isFalse();
            assertThat(succeeded(inventory) && !failed(lane, LaneState.Kind.REVOKE))
                    .isFalse();
        }
    }

    @Property
    void claimsOnlyWhatBearsItsNameAndIsOnRecord(
            @ForAll("inventories") Inventory inventory,
            @ForAll("lanes") LaneState lane,
            @ForAll Optional<AssignmentOrigin> recorded,
            @ForAll boolean peer) {
        AssignmentPlan plan = AssignmentPlanner.plan(ME, inventory, lane, recorded, peer);
        origin(plan)
                .filter(AssignmentOrigin.CREATED::equals)
                .flatMap(ours -> inventory.of(ME))
                .ifPresent(found -> {
                    assertThat(found.name()).isEqualToIgnoringCase(Assignment.nameFor(ME));
                    assertThat(peer || recorded.equals(Optional.of(AssignmentOrigin.CREATED)))
                            .isTrue();
                });
    }

    /** With an idle lane there is always something to do, or nothing left: it never waits for what nobody does. */
    @Property
    void alwaysComesOn(
            @ForAll("inventories") Inventory inventory,
            @ForAll Optional<AssignmentOrigin> recorded,
            @ForAll boolean peer) {
        AssignmentPlan plan = AssignmentPlanner.plan(ME, inventory, new LaneState.Idle(), recorded, peer);
        assertThat(plan).isNotInstanceOf(AssignmentPlan.Wait.class);
    }

    /** Few of the cases come as far as a revocation, and of those few meet what somebody else has put there. */
    @Property(tries = 20_000)
    void revokesOnlyItsOwn(
            @ForAll DeletionPolicy policy,
            @ForAll("granted") Optional<RevocationPlanner.Granted> granted,
            @ForAll boolean intended,
            @ForAll Successor successor,
            @ForAll boolean asked,
            @ForAll("snapshots") Optional<DatabaseSnapshot> snapshot,
            @ForAll("lanes") LaneState lane) {
        RevocationPlan plan = RevocationPlanner.plan(policy, granted, intended, successor, asked, snapshot, lane);
        if (plan instanceof RevocationPlan.Revoke revoke) {
            assertThat(policy).isEqualTo(DeletionPolicy.DELETE);
            assertThat(granted.orElseThrow().assignment().origin()).isEqualTo(AssignmentOrigin.CREATED);
            assertThat(revoke.assignmentName()).isEqualToIgnoringCase(Assignment.nameFor(revoke.principal()));
            assertThat(successor).isNotEqualTo(Successor.ON_RECORD);
            assertThat(intended).isFalse();
            assertThat(busy(lane)).isFalse();
            assertThat(named(snapshot, revoke.assignmentName()))
                    .allMatch(found -> found.access().usable(), "grants what the operator grants");
        }
    }

    /** What is ours and needed by nobody is let go only when Azure cannot have it any more. */
    @Property
    void leaksNothing(
            @ForAll("granted") Optional<RevocationPlanner.Granted> granted,
            @ForAll boolean asked,
            @ForAll("snapshots") Optional<DatabaseSnapshot> snapshot,
            @ForAll("lanes") LaneState lane) {
        RevocationPlan plan =
                RevocationPlanner.plan(DeletionPolicy.DELETE, granted, false, Successor.NONE, asked, snapshot, lane);
        if (plan instanceof RevocationPlan.Release
                && granted.filter(PlannerPropertiesTest::ours).isPresent()) {
            boolean databaseGone = snapshot.flatMap(DatabaseSnapshot::problem)
                    .filter(problem -> problem.reason() == Reason.AZURE_RESOURCE_NOT_FOUND)
                    .isPresent();
            List<Assignment> left = named(snapshot, granted.get().assignment().name());
            boolean replaced = left.stream().anyMatch(found -> !found.access().usable());
            assertThat(databaseGone || replaced || asked && left.isEmpty()).isTrue();
        }
    }

    @Property
    void retainAlwaysLetsGo(
            @ForAll("granted") Optional<RevocationPlanner.Granted> granted,
            @ForAll boolean intended,
            @ForAll Successor successor,
            @ForAll("snapshots") Optional<DatabaseSnapshot> snapshot,
            @ForAll("lanes") LaneState lane) {
        assertThat(RevocationPlanner.plan(DeletionPolicy.RETAIN, granted, intended, successor, true, snapshot, lane))
                .isInstanceOf(RevocationPlan.Release.class);
    }

    private static boolean ours(RevocationPlanner.Granted granted) {
        return granted.assignment().origin() == AssignmentOrigin.CREATED
                && granted.assignment().name().equalsIgnoreCase(Assignment.nameFor(granted.principal()));
    }

    private static List<Assignment> named(Optional<DatabaseSnapshot> snapshot, String name) {
        return snapshot.flatMap(DatabaseSnapshot::inventory).flatMap(inventory -> inventory.of(ME)).stream()
                .filter(found -> found.name().equalsIgnoreCase(name))
                .toList();
    }

    private static boolean busy(LaneState lane) {
        return lane instanceof LaneState.Queued || lane instanceof LaneState.Running;
    }

    private static boolean failed(LaneState lane, LaneState.Kind kind) {
        return lane instanceof LaneState.Failed failed && failed.kind() == kind;
    }

    private static boolean succeeded(Inventory inventory) {
        return inventory
                .of(ME)
                .filter(found -> found.state() == ProvisioningState.Succeeded)
                .isPresent();
    }

    private static Optional<AssignmentOrigin> origin(AssignmentPlan plan) {
        if (plan instanceof AssignmentPlan.Create create) {
            return Optional.of(create.origin());
        }
        return plan instanceof AssignmentPlan.Keep keep ? Optional.of(keep.origin()) : Optional.empty();
    }

    private static ObjectId id(char digit) {
        String eight = String.valueOf(digit).repeat(8);
        return new ObjectId(eight + "-1111-1111-1111-" + eight + "1111");
    }

    private static Arbitrary<Assignment> assignments() {
        Arbitrary<String> names = Arbitraries.of(ME.value(), ME.value().toUpperCase(java.util.Locale.ROOT), "by-hand");
        Arbitrary<Optional<ObjectId>> owners = Arbitraries.of(PRINCIPALS).optional();
        Arbitrary<Optional<String>> access =
                Arbitraries.of("+@all ~*", "+get ~orders:*").optional();
        return Combinators.combine(
                        names,
                        owners,
                        Arbitraries.of("default", "reader"),
                        access,
                        Arbitraries.of(ProvisioningState.class),
                        Arbitraries.of(NOW.minusSeconds(60), NOW.minusSeconds(3600))
                                .optional())
                .as((name, owner, policy, rule, state, since) ->
                        new Assignment(name, owner, Access.of(policy, rule), state, since));
    }

    @Provide
    Arbitrary<Inventory> inventories() {
        return assignments().list().ofMaxSize(4).map(list -> new Inventory(NOW, list));
    }

    @Provide
    Arbitrary<LaneState> lanes() {
        Arbitrary<LaneState.Kind> kinds = Arbitraries.of(LaneState.Kind.class);
        return Arbitraries.oneOf(
                Arbitraries.just(new LaneState.Idle()),
                kinds.map(kind -> new LaneState.Queued(kind, 1)),
                kinds.map(kind -> new LaneState.Running(kind, NOW)),
                Combinators.combine(kinds, Arbitraries.of(Reason.class))
                        .as((kind, reason) -> new LaneState.Failed(kind, Problem.of(reason, "so it is"), 1, NOW)));
    }

    @Provide
    Arbitrary<Optional<RevocationPlanner.Granted>> granted() {
        return Combinators.combine(
                        Arbitraries.of(ME.value(), "by-hand"),
                        Arbitraries.of(AssignmentOrigin.class).injectNull(0.1))
                .as((name, origin) ->
                        new RevocationPlanner.Granted(ME, new AssignmentStatus(name, origin, "Succeeded")))
                .optional();
    }

    @Provide
    Arbitrary<Optional<DatabaseSnapshot>> snapshots() {
        Arbitrary<Optional<Problem>> problems = Arbitraries.of(Reason.class)
                .map(reason -> Problem.of(reason, "so it is"))
                .optional();
        return Combinators.combine(problems, inventories().optional())
                .as((problem, inventory) -> new DatabaseSnapshot(NOW, problem, Optional.empty(), inventory))
                .optional();
    }
}
