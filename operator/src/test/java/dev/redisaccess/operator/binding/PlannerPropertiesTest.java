package dev.redisaccess.operator.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.AssignmentOrigin;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.acl.AccessString;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * What the planners never plan, whatever Azure lists and the lane does. Three principals and few names, so that they
 * coincide; a failing case is shrunk to the smallest.
 */
class PlannerPropertiesTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final ObjectId ME = id('1');
    private static final OwnerMark MARK = OwnerMark.of("this installation");
    private static final String OWN = MARK.assignmentName(ME);
    private static final List<ObjectId> PRINCIPALS = List.of(ME, id('2'), id('3'));

    @Property
    void createsOnlyWhereNothingIsWidenedOrReplaced(
            @ForAll("inventories") Inventory inventory, @ForAll("lanes") LaneState lane) {
        if (AssignmentPlanner.plan(ME, WantedAccess.full(), inventory, lane, MARK) instanceof AssignmentPlan.Create) {
            assertThat(busy(lane)).isFalse();
            // After a failed revocation the lane looks before access counts: then it finds what it keeps, and writes
            // nothing.
            boolean keeps = GrantDecision.of(ME, WantedAccess.full(), inventory, MARK) instanceof GrantDecision.Keep;
            inventory.named(OWN).filter(own -> !keeps).ifPresent(own -> {
                assertThat(own.objectId()).contains(ME);
                assertThat(own.access().usable()).isTrue();
                boolean ended = own.state() == ProvisioningState.Failed || own.state() == ProvisioningState.Canceled;
                assertThat(ended && !own.access().isFull()).isFalse();
            });
            boolean others = inventory
                    .of(ME, OWN)
                    .filter(other -> other.state() == ProvisioningState.Succeeded)
                    .isPresent();
            boolean doubtful = lane instanceof LaneState.Failed failed && failed.kind() == LaneState.Kind.REVOKE;
            assertThat(others && !doubtful && succeeded(inventory)).isFalse();
        }
    }

    /** The lane does what the plan requires: it never ends at once, to be called again. */
    @Property
    void theLaneDoesWhatThePlanRequires(@ForAll("inventories") Inventory inventory) {
        AssignmentPlan plan = AssignmentPlanner.plan(ME, WantedAccess.full(), inventory, new LaneState.Idle(), MARK);
        GrantDecision decision = GrantDecision.of(ME, WantedAccess.full(), inventory, MARK);
        boolean acts = decision instanceof GrantDecision.Create
                || decision instanceof GrantDecision.Follow
                || decision instanceof GrantDecision.AwaitRemoval;
        assertThat(plan instanceof AssignmentPlan.Create).isEqualTo(acts);
    }

    /** A rule: written only over our own, and never where Azure hides what is there. */
    @Property(tries = 5_000)
    void writesARuleOnlyWhereItIsKnownWhatIsReplaced(
            @ForAll("inventories") Inventory inventory, @ForAll("lanes") LaneState lane) {
        WantedAccess rule = WantedAccess.of(AccessString.of("+get ~orders:*").orElseThrow());
        AssignmentPlan plan = AssignmentPlanner.plan(ME, rule, inventory, lane, MARK);
        if (plan instanceof AssignmentPlan.Update update) {
            assertThat(busy(lane)).isFalse();
            assertThat(MARK.isOn(update.found())).isTrue();
            assertThat(update.found().access()).isNotEqualTo(Access.unknown());
        }
        if (plan instanceof AssignmentPlan.Keep keep) {
            assertThat(keep.assignment().access()).isEqualTo(Access.restricted("+get ~orders:*"));
            assertThat(keep.assignment().state()).isEqualTo(ProvisioningState.Succeeded);
        }
    }

    /** Full access never takes the place of a rule that the operator did not write. */
    @Property(tries = 5_000)
    void fullAccessReplacesNoRuleOfOthers(@ForAll("inventories") Inventory inventory, @ForAll boolean known) {
        AccessString written = AccessString.of("+get ~orders:*").orElseThrow();
        WantedAccess full = WantedAccess.fullInsteadOf(known ? Set.of(written) : Set.of());
        AssignmentPlan plan = AssignmentPlanner.plan(ME, full, inventory, new LaneState.Idle(), MARK);
        if (plan instanceof AssignmentPlan.Update update) {
            assertThat(known).isTrue();
            assertThat(update.found().access().is(written)).isTrue();
            assertThat(MARK.isOn(update.found())).isTrue();
        }
    }

    @Property
    void createdIsWhatHasTheMarkAndNothingElse(
            @ForAll("inventories") Inventory inventory, @ForAll("lanes") LaneState lane) {
        if (AssignmentPlanner.plan(ME, WantedAccess.full(), inventory, lane, MARK)
                instanceof AssignmentPlan.Keep keep) {
            assertThat(keep.origin() == AssignmentOrigin.CREATED).isEqualTo(MARK.isOn(keep.assignment()));
            assertThat(keep.assignment().access().usable()).isTrue();
            assertThat(keep.assignment().objectId()).contains(ME);
        }
    }

    /** Few of the cases reach a revocation, and few of those have assignments of others. */
    @Property(tries = 20_000)
    void revokesOnlyItsOwn(
            @ForAll AccessNeed need,
            @ForAll boolean requested,
            @ForAll("snapshots") Optional<DatabaseSnapshot> snapshot,
            @ForAll("lanes") LaneState lane) {
        RevocationPlan plan = plan(need, requested, snapshot, lane);
        if (plan instanceof RevocationPlan.Revoke revoke) {
            assertThat(revoke.assignmentName()).isEqualTo(OWN);
            assertThat(need).isEqualTo(AccessNeed.NONE);
            assertThat(busy(lane)).isFalse();
            assertThat(named(snapshot, OWN)).allMatch(MARK::isOn, "has the mark, for its own principal");
        }
    }

    /** What is ours and needed by no binding is released only when Azure cannot have it any more. */
    @Property
    void leaksNothing(
            @ForAll boolean requested,
            @ForAll("snapshots") Optional<DatabaseSnapshot> snapshot,
            @ForAll("lanes") LaneState lane) {
        if (plan(AccessNeed.NONE, requested, snapshot, lane) instanceof RevocationPlan.Release) {
            boolean databaseGone = snapshot.flatMap(DatabaseSnapshot::problem)
                    .filter(problem -> problem.reason() == Reason.AZURE_RESOURCE_NOT_FOUND)
                    .isPresent();
            List<Assignment> left = named(snapshot, OWN);
            boolean foreign = left.stream().anyMatch(found -> !MARK.isOn(found));
            boolean others = snapshot.flatMap(DatabaseSnapshot::inventory)
                    .flatMap(inventory -> inventory.of(ME, OWN))
                    .filter(other -> other.state() == ProvisioningState.Succeeded)
                    .isPresent();
            assertThat(databaseGone || foreign || left.isEmpty() && (requested || others))
                    .isTrue();
        }
    }

    private static RevocationPlan plan(
            AccessNeed need, boolean requested, Optional<DatabaseSnapshot> snapshot, LaneState lane) {
        return RevocationPlanner.plan(
                RevocationCause.DELETED, new RevocationPlanner.Situation(ME, MARK, need, requested, snapshot, lane));
    }

    private static List<Assignment> named(Optional<DatabaseSnapshot> snapshot, String name) {
        return snapshot.flatMap(DatabaseSnapshot::inventory).flatMap(inventory -> inventory.named(name)).stream()
                .toList();
    }

    private static boolean busy(LaneState lane) {
        return lane instanceof LaneState.Pending;
    }

    private static boolean succeeded(Inventory inventory) {
        return inventory
                .of(ME)
                .filter(found -> found.state() == ProvisioningState.Succeeded)
                .isPresent();
    }

    private static ObjectId id(char digit) {
        String eight = String.valueOf(digit).repeat(8);
        return new ObjectId(eight + "-1111-1111-1111-" + eight + "1111");
    }

    private static Arbitrary<Assignment> assignments() {
        Arbitrary<String> names = Arbitraries.of(OWN, OWN.toUpperCase(java.util.Locale.ROOT), ME.value(), "by-hand");
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
                kinds.map(LaneState.Pending::new),
                Combinators.combine(kinds, Arbitraries.of(Reason.class))
                        .as((kind, reason) -> new LaneState.Failed(kind, Problem.of(reason, "so it is"))));
    }

    @Provide
    Arbitrary<Optional<DatabaseSnapshot>> snapshots() {
        Arbitrary<Optional<Problem>> problems = Arbitraries.of(Reason.class)
                .map(reason -> Problem.of(reason, "so it is"))
                .optional();
        return Combinators.combine(problems, inventories().optional())
                .as((problem, inventory) -> new DatabaseSnapshot(problem, Optional.empty(), inventory))
                .optional();
    }
}
