package dev.redisaccess.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.AccessEntry;
import dev.redisaccess.operator.api.AssignmentKind;
import dev.redisaccess.operator.api.AssignmentOrigin;
import dev.redisaccess.operator.api.AssignmentStatus;
import dev.redisaccess.operator.api.DatabaseReference;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingSpec;
import dev.redisaccess.operator.api.RedisAccessBindingStatus;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.api.RedisDatabaseSpec;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.OwnerMark;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlanTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-11-28");
    private static final String ADMITS = "allowedNamespaces: {names: [shop]}";
    private static final RedisDatabase DATABASE = Samples.database("orders-cache", ADMITS);
    private static final String ALICE = Samples.objectId(1);
    private static final RedisAccessBinding ORDERS = Samples.binding("shop", "orders", "orders", ALICE);
    private static final RedisAccessBinding ADOPTED = adopted();
    private static final RedisAccessBinding HIDDEN = Samples.binding("hidden", "a", "a", Samples.objectId(2));
    private static final String FORBIDDEN = "RedisDatabase 'orders-cache' forbids full access, so 'spec.accessProfile'"
            + " must name one of its access profiles: none. Access that was granted before stays as it is, and is counted as a"
            + " leftover.";
    private static final RedisAccessBinding TWIN = Samples.binding("shop", "twin", "orders", ALICE);

    private static Plan plan(
            List<RedisAccessBinding> bindings,
            List<AccessEntry> entries,
            List<RedisDatabase> databases,
            List<RedisAccessBinding> applied,
            boolean prune) {
        return Plan.of(
                new Plan.Cluster(
                        List.of(DATABASE),
                        bindings,
                        any -> AccessList.of(List.of(Samples.page("orders-cache", "m", 1, 1, entries))),
                        namespace ->
                                namespace.equals("hidden") ? Optional.empty() : Optional.of(Map.of("team", namespace))),
                new Plan.Applied(databases, applied, prune),
                TODAY);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void saysWhatHappens(
            String name,
            List<RedisAccessBinding> bindings,
            List<AccessEntry> entries,
            List<RedisDatabase> databases,
            List<RedisAccessBinding> applied,
            boolean prune,
            String expected) {
        Plan plan = plan(bindings, entries, databases, applied, prune);

        assertThat(plan.changes().stream()
                        .map(change -> change.effect() + " " + change.text())
                        .toList())
                .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected));
        assertThat(plan.revokes()).isEqualTo(expected.startsWith("REVOKE"));
    }

    /** What the limit says of a report with one assignment. */
    private static final String NONE_OF_ONE =
            "; but 'spec.access.revocation.percentPerHour' of 5 allows none of 1 assignment(s) now";

    static Stream<Arguments> cases() {
        List<RedisAccessBinding> none = List.of();
        List<AccessEntry> nobody = List.of();
        List<RedisDatabase> same = List.of();
        AccessEntry unmanaged = Samples.entry(AssignmentKind.UNMANAGED, 3);
        AccessEntry leftover = Samples.entry(AssignmentKind.LEFTOVER, 3);
        AccessEntry acknowledged = Samples.entry(AssignmentKind.ACKNOWLEDGED, 3);
        AccessEntry ofTheOperator = ofTheOperator(acknowledged);
        String entry = "access: {acknowledged: [{objectId: " + Samples.objectId(3)
                + ", reason: a, owner: b, until: %s}]}, " + ADMITS;
        return Stream.of(
                of(
                        "nothing new",
                        List.of(ORDERS),
                        nobody,
                        same,
                        List.of(Samples.binding("shop", "orders", "orders", "")),
                        false,
                        ""),
                of(
                        "a new binding",
                        none,
                        nobody,
                        same,
                        List.of(Samples.binding("shop", "new", "new", "")),
                        false,
                        "GRANT gets access"),
                of(
                        "a second one of the same account",
                        List.of(ORDERS),
                        nobody,
                        same,
                        List.of(Samples.binding("shop", "twin", "orders", "")),
                        false,
                        "NONE has access already, through another binding of the same ServiceAccount"),
                of(
                        "a namespace that is not admitted",
                        none,
                        nobody,
                        same,
                        List.of(Samples.binding("other", "new", "new", "")),
                        false,
                        "NONE gets no access: the database does not admit namespace other"),
                of(
                        "a namespace that is admitted no more",
                        List.of(ORDERS),
                        nobody,
                        List.of(Samples.database("orders-cache", "allowedNamespaces: {names: [x]}")),
                        none,
                        false,
                        "REVOKE loses access: the database does not admit namespace shop any more"),
                of(
                        "admitted by a label",
                        List.of(ORDERS),
                        nobody,
                        List.of(Samples.database(
                                "orders-cache", "allowedNamespaces: {selector: {matchLabels: {team: shop}}}")),
                        none,
                        false,
                        ""),
                of(
                        "a label that may not be read",
                        none,
                        nobody,
                        List.of(Samples.database(
                                "orders-cache", "allowedNamespaces: {selector: {matchLabels: {team: shop}}}")),
                        List.of(Samples.binding("hidden", "a", "a", "")),
                        false,
                        "UNKNOWN depends on the labels of namespace hidden, which you may not read"),
                of(
                        "acknowledged now",
                        none,
                        List.of(unmanaged),
                        List.of(Samples.database("orders-cache", entry.formatted("2027-01-01"))),
                        none,
                        false,
                        "CHANGE is acknowledged until 2027-01-01"),
                of(
                        "acknowledged until a day in the past",
                        none,
                        List.of(unmanaged),
                        List.of(Samples.database("orders-cache", entry.formatted("2026-01-01"))),
                        none,
                        false,
                        ""),
                of(
                        "acknowledged no more",
                        none,
                        List.of(acknowledged),
                        List.of(DATABASE),
                        none,
                        false,
                        "CHANGE is not acknowledged any more, and becomes unmanaged"),
                of(
                        "acknowledged no more, and revoked",
                        none,
                        List.of(acknowledged),
                        List.of(Samples.database("orders-cache", "access: {unmanaged: Revoke}, " + ADMITS)),
                        none,
                        false,
                        "REVOKE is revoked after the grace period: it is unmanaged" + NONE_OF_ONE),
                of(
                        "leftovers are revoked from now on",
                        none,
                        List.of(leftover),
                        List.of(Samples.database("orders-cache", "access: {leftovers: Revoke}, " + ADMITS)),
                        none,
                        false,
                        "REVOKE is revoked after the grace period: it is leftover" + NONE_OF_ONE),
                of(
                        "acknowledged no more, created by the operator, and leftovers are revoked",
                        none,
                        List.of(ofTheOperator),
                        List.of(Samples.database("orders-cache", "access: {leftovers: Revoke}, " + ADMITS)),
                        none,
                        false,
                        "REVOKE is revoked after the grace period: it is leftover" + NONE_OF_ONE),
                of(
                        "full access is forbidden",
                        List.of(ORDERS),
                        nobody,
                        List.of(Samples.database("orders-cache", "access: {full: Forbidden}, " + ADMITS)),
                        none,
                        false,
                        "CHANGE keeps access, which is leftover then; " + FORBIDDEN),
                of(
                        "full access is forbidden, and leftovers are revoked",
                        List.of(ORDERS),
                        nobody,
                        List.of(Samples.database(
                                "orders-cache", "access: {full: Forbidden, leftovers: Revoke}, " + ADMITS)),
                        none,
                        false,
                        "REVOKE loses access after the grace period, because it is leftover then; " + FORBIDDEN),
                of(
                        "adopted, admitted no more, and what is unmanaged is revoked",
                        List.of(ADOPTED),
                        nobody,
                        List.of(Samples.database("orders-cache", "access: {unmanaged: Revoke}, allowedNamespaces: {}")),
                        none,
                        false,
                        "REVOKE loses access after the grace period, because it is unmanaged then; the database does not"
                                + " admit namespace shop any more"),
                of(
                        "a new registration that revokes",
                        none,
                        nobody,
                        List.of(Samples.database("second", "access: {unmanaged: Revoke}, " + ADMITS)),
                        none,
                        false,
                        "REVOKE is registered: who has access is reported from then on, and what nothing explains is"
                                + " revoked after the grace period"),
                of(
                        "unmanaged, and leftovers are revoked",
                        none,
                        List.of(unmanaged),
                        List.of(Samples.database("orders-cache", "access: {leftovers: Revoke}, " + ADMITS)),
                        none,
                        false,
                        ""));
    }

    private static final String READ_SHOP = "{name: reader, accessString: '+@read ~shop:*'}";

    /** Full access, and profiles. */
    private static RedisDatabase offering(String... profiles) {
        return Samples.database("orders-cache", "access: {profiles: [" + String.join(", ", profiles) + "]}, " + ADMITS);
    }

    private static RedisAccessBinding requesting(String name, String objectId, String profile) {
        return requesting(Samples.binding("shop", name, "orders", objectId), profile);
    }

    private static RedisAccessBinding requesting(RedisAccessBinding binding, String profile) {
        RedisAccessBindingSpec spec = binding.getSpec();
        binding.setSpec(new RedisAccessBindingSpec(
                spec.databaseRef(), spec.serviceAccountName(), null, null, null, null, null, profile));
        return binding;
    }

    private static Plan.Applied apply(RedisDatabase... databases) {
        return new Plan.Applied(List.of(databases), List.of(), false);
    }

    private static Plan.Applied apply(boolean prune, RedisAccessBinding... bindings) {
        return new Plan.Applied(List.of(), List.of(bindings), prune);
    }

    /** A pipeline must see that a binding gets more than it had. */
    @Test
    void anotherProfileAndAnotherRuleAreChangesOfAccess() {
        RedisDatabase before = offering(READ_SHOP);
        RedisDatabase more = offering("{name: reader, accessString: '+@read +@write ~shop:*'}");
        RedisAccessBinding reader = requesting("orders", ALICE, "reader");

        assertThat(texts(before, reader, apply(false, ORDERS)))
                .containsExactly("CHANGE requests the access '+@all ~*' instead of '+@read ~shop:*'");
        assertThat(texts(before, reader, apply(more)))
                .containsExactly("CHANGE requests the access '+@read +@write ~shop:*' instead of '+@read ~shop:*'");
        assertThat(texts(before, reader, apply(before))).isEmpty();
    }

    /** Neither may a pipeline miss it because another binding, or a new name, gets it. */
    @Test
    void moreAccessThroughAnotherBindingOfTheIdentityIsAChange() {
        RedisDatabase database = offering(READ_SHOP);
        RedisAccessBinding reader = requesting("orders", ALICE, "reader");

        assertThat(texts(database, reader, apply(true, requesting("renamed", "", null))))
                .containsExactly(
                        "CHANGE keeps access through another binding, which requests '+@all ~*' instead of"
                                + " '+@read ~shop:*'; the binding is deleted",
                        "CHANGE shares the access of another binding of the same ServiceAccount, which becomes"
                                + " '+@all ~*' instead of '+@read ~shop:*'");
        assertThat(texts(database, reader, apply(false, requesting("second", "", null))))
                .as("the older one decides")
                .containsExactly("NONE has access already, through another binding of the same ServiceAccount");
    }

    @Test
    void whatWasRefusedAndIsOfferedNowIsGranted() {
        RedisDatabase forbidding = Samples.database("orders-cache", "access: {full: Forbidden}, " + ADMITS);
        RedisDatabase elsewhere =
                offering("{name: reader, accessString: '+@read ~shop:*', allowedNamespaces: {names: [other]}}");
        RedisAccessBinding refused = requesting("orders", ALICE, "no-such-profile");
        String granted = "GRANT gets access, which the database did not offer before";

        assertThat(texts(forbidding, ORDERS, apply(DATABASE))).containsExactly(granted);
        assertThat(texts(elsewhere, requesting("orders", ALICE, "reader"), apply(offering(READ_SHOP))))
                .containsExactly(granted);
        assertThat(texts(offering(READ_SHOP), refused, apply(false, requesting("orders", "", "reader"))))
                .containsExactly(granted);
        assertThat(texts(offering(READ_SHOP), refused, apply(false, requesting("second", "", "reader"))))
                .as("a refused binding has given no access")
                .containsExactly("GRANT gets access");
    }

    @Test
    void whatTheDatabaseDoesNotOfferIsNotGranted() {
        assertThat(texts(DATABASE, TWIN, apply(false, requesting("new", "", "writer"))))
                .containsExactly(
                        "NONE gets no access: RedisDatabase 'orders-cache' has no access profile 'writer'."
                                + " It has: none. Access that was granted before stays as it is, and is counted as a leftover.");
    }

    @Test
    void aProfileThatDependsOnLabelsThatMayNotBeReadIsUnknown() {
        String selector = ", allowedNamespaces: {selector: {matchLabels: {team: shop}}}}";
        RedisDatabase less = inHidden("{name: reader, accessString: '+@read ~a'" + selector);
        RedisDatabase more = inHidden("{name: reader, accessString: '+@all ~*'" + selector);
        RedisAccessBinding reader = requesting(Samples.binding("hidden", "a", "a", Samples.objectId(2)), "reader");
        String labels = "depends on the labels of namespace hidden, which you may not read";

        assertThat(hidden(less, List.of(reader), apply(more))).containsExactly("UNKNOWN may change: that " + labels);
        assertThat(hidden(less, List.of(reader), apply(less))).isEmpty();
        assertThat(hidden(less, List.of(), apply(false, reader))).containsExactly("UNKNOWN " + labels);
    }

    private static RedisDatabase inHidden(String profile) {
        return Samples.database(
                "orders-cache", "access: {profiles: [" + profile + "]}, allowedNamespaces: {names: [hidden]}");
    }

    private static List<String> hidden(
            RedisDatabase database, List<RedisAccessBinding> bindings, Plan.Applied applied) {
        return texts(Plan.of(
                new Plan.Cluster(
                        List.of(database), bindings, any -> AccessList.of(List.of()), namespace -> Optional.empty()),
                applied,
                TODAY));
    }

    /** What may not be read does not count as a namespace with access: a pipeline would not ask. */
    @Test
    void aBindingThatIsNotKnownToBeAdmittedKeepsNoAccessOfAnother() {
        RedisDatabase database = Samples.database(
                "orders-cache", "allowedNamespaces: {names: [shop], selector: {matchLabels: {team: shop}}}");
        RedisAccessBinding same = Samples.binding("hidden", "a", "a", ALICE);

        Plan plan = Plan.of(
                new Plan.Cluster(
                        List.of(database),
                        List.of(ORDERS, same),
                        any -> AccessList.of(List.of()),
                        namespace -> Optional.empty()),
                apply(true, Samples.binding("shop", "new", "new", "")),
                TODAY);

        assertThat(texts(plan)).contains("REVOKE loses access: the binding is deleted");
    }

    /** Otherwise a pipeline does not ask before the access of two bindings goes. */
    @Test
    void onlyABindingThatStaysAndIsIdentifiedKeepsTheAccess() {
        RedisAccessBinding unidentified = Samples.binding("shop", "twin", "orders", "");
        RedisAccessBinding leaving = Samples.binding("shop", "twin", "orders", ALICE);
        leaving.getMetadata().setDeletionTimestamp("2026-11-28T00:00:00Z");
        RedisAccessBinding elsewhere = Samples.binding("shop", "new", "new", "");

        assertThat(texts(plan(
                        List.of(ORDERS, unidentified),
                        List.of(),
                        List.of(),
                        List.of(Samples.binding("shop", "twin", "orders", "")),
                        true)))
                .containsExactly("REVOKE may lose access, because no other binding of it is identified; the binding is"
                        + " deleted");
        assertThat(texts(plan(List.of(ORDERS, leaving), List.of(), List.of(), List.of(elsewhere, leaving), true)))
                .contains("REVOKE loses access: the binding is deleted");
    }

    @Test
    void aClientIdIsComparedWithTheIdentifiedOne() {
        assertThat(texts(plan(List.of(ORDERS), List.of(), List.of(), List.of(withClientId("C")), false)))
                .as("it had it from its ServiceAccount")
                .isEmpty();
        assertThat(texts(plan(List.of(ORDERS), List.of(), List.of(), List.of(withClientId("other")), false)))
                .containsExactly("REVOKE loses access: the client ID changes", "GRANT gets access");
        RedisDatabase hiding = inHidden(
                "{name: reader, accessString: '+@read ~a', allowedNamespaces: {selector: {matchLabels: {team: shop}}}}");
        RedisAccessBinding reader = requesting(Samples.binding("hidden", "a", "a", ALICE), "reader");
        RedisAccessBinding changed = requesting(Samples.binding("hidden", "a", "a", ""), "reader");
        RedisAccessBindingSpec spec = changed.getSpec();
        changed.setSpec(new RedisAccessBindingSpec(
                spec.databaseRef(), spec.serviceAccountName(), "other", null, null, null, null, "reader"));
        assertThat(hidden(hiding, List.of(reader), apply(false, changed)))
                .first()
                .isEqualTo("REVOKE loses access: the client ID changes");
    }

    private static RedisAccessBinding withClientId(String clientId) {
        RedisAccessBinding binding = Samples.binding("shop", "orders", "orders", "");
        RedisAccessBindingSpec spec = binding.getSpec();
        binding.setSpec(new RedisAccessBindingSpec(
                spec.databaseRef(), spec.serviceAccountName(), clientId, null, null, null, null, null));
        return binding;
    }

    /** A younger binding decides only if the older one is known to be refused. */
    @Test
    void whatTheOldestMayRequestIsUnknownWhereItsLabelsAre() {
        RedisDatabase database = inHidden(
                "{name: reader, accessString: '+@read ~a', allowedNamespaces: {selector: {matchLabels: {team: shop}}}}");
        RedisAccessBinding reader = requesting(Samples.binding("hidden", "a", "a", ALICE), "reader");
        RedisAccessBinding full = Samples.binding("hidden", "b", "a", ALICE);

        assertThat(hidden(database, List.of(reader, full), apply(true, Samples.binding("hidden", "b", "a", ""))))
                .containsExactly(
                        "UNKNOWN loses, keeps or changes access: that depends on the labels of namespace hidden,"
                                + " which you may not read; the binding is deleted");
    }

    @Test
    void aBindingThatIsBeingDeletedGetsNothing() {
        RedisAccessBinding leaving = Samples.binding("shop", "orders", "orders", ALICE);
        leaving.getMetadata().setDeletionTimestamp("2026-11-28T00:00:00Z");

        assertThat(texts(Samples.database("orders-cache", "allowedNamespaces: {}"), leaving, apply(DATABASE)))
                .isEmpty();
    }

    /** A file that was written by `kubectl get` has them, and may be edited. */
    @Test
    void timesAndStatusOfAFileHaveNoEffect() {
        RedisAccessBinding exported = Samples.binding("shop", "exported", "orders", ALICE);
        exported.getMetadata().setCreationTimestamp("2020-01-01T00:00:00Z");
        exported.getMetadata().setDeletionTimestamp("2026-11-28T00:00:00Z");

        assertThat(texts(plan(List.of(), List.of(), List.of(), List.of(exported), false)))
                .containsExactly("GRANT gets access");
        assertThat(texts(plan(List.of(ORDERS), List.of(), List.of(), List.of(exported), true)))
                .first()
                .isEqualTo("NONE takes over the access of a binding of the same ServiceAccount that is deleted");
    }

    /** The operator counts the bindings of a database, by whatever name it is registered. */
    @Test
    void bindingsOfAnotherRegistrationOfTheDatabaseCount() {
        RedisDatabase second = Samples.database("second", ADMITS);
        RedisAccessBinding other = Samples.binding("shop", "other", "orders", ALICE);
        RedisAccessBindingSpec spec = other.getSpec();
        other.setSpec(new RedisAccessBindingSpec(
                new DatabaseReference("second"), spec.serviceAccountName(), null, null, null, null, null, null));

        assertThat(texts(Plan.of(
                        new Plan.Cluster(
                                List.of(DATABASE, second),
                                List.of(ORDERS, other),
                                any -> AccessList.of(List.of()),
                                namespace -> Optional.of(Map.of())),
                        apply(true, other),
                        TODAY)))
                .containsExactly("NONE keeps access through another binding; the binding is deleted");
    }

    @Test
    void aRegistrationThatIsRefusedChangesNothing() {
        RedisDatabase moved = Samples.database("orders-cache", "allowedNamespaces: {}");
        moved.setSpec(new RedisDatabaseSpec(
                moved.getSpec().resourceId().replace("orders", "billing"), null, null, null, null));

        assertThat(texts(plan(List.of(ORDERS), List.of(), List.of(moved), List.of(), false)))
                .containsExactly("NONE is refused: 'resourceId' can't be changed");
    }

    /** The database of the same files is applied nevertheless. */
    @Test
    void aRefusedBindingHidesNothing() {
        RedisAccessBinding moved = Samples.binding("shop", "orders", "another-account", "");

        assertThat(texts(
                        DATABASE,
                        ORDERS,
                        new Plan.Applied(
                                List.of(Samples.database("orders-cache", "allowedNamespaces: {names: [x]}")),
                                List.of(moved),
                                false)))
                .containsExactly(
                        "NONE is refused: 'databaseRef' and 'serviceAccountName' can't be changed",
                        "REVOKE loses access: the database does not admit namespace shop any more");
    }

    @Test
    void labelsAndReportsAreReadOnce() {
        List<String> read = new ArrayList<>();
        Plan.of(
                new Plan.Cluster(
                        List.of(Samples.database(
                                "orders-cache", "allowedNamespaces: {selector: {matchLabels: {team: shop}}}")),
                        List.of(ORDERS, TWIN),
                        any -> {
                            throw new AssertionError("no report is needed");
                        },
                        namespace -> {
                            read.add(namespace);
                            return Optional.of(Map.of("team", "shop"));
                        }),
                apply(false, ORDERS),
                TODAY);
        assertThat(read).containsExactly("shop");
    }

    private static List<String> texts(RedisDatabase database, RedisAccessBinding binding, Plan.Applied applied) {
        return texts(Plan.of(
                new Plan.Cluster(
                        List.of(database),
                        List.of(binding),
                        any -> AccessList.of(List.of()),
                        namespace -> Optional.of(Map.of())),
                applied,
                TODAY));
    }

    private static List<String> texts(Plan plan) {
        return plan.changes().stream()
                .map(change -> change.effect() + " " + change.text())
                .toList();
    }

    @Test
    void aRenamedBindingKeepsTheAccess() {
        Plan plan = plan(
                List.of(ORDERS), List.of(), List.of(), List.of(Samples.binding("shop", "renamed", "orders", "")), true);

        assertThat(plan.revokes()).isFalse();
        assertThat(plan.changes())
                .extracting(change -> change.effect() + " " + change.text())
                .containsExactly(
                        "NONE keeps access through another binding, if that one can be identified; the binding is deleted",
                        "NONE takes over the access of a binding of the same ServiceAccount that is deleted");
    }

    @Test
    void aLimitThatAllowsOneIsNotNamed() {
        Plan plan = plan(
                List.of(),
                List.of(Samples.entry(AssignmentKind.UNMANAGED, 3)),
                List.of(Samples.database(
                        "orders-cache", "access: {unmanaged: Revoke, revocation: {percentPerHour: 100}}, " + ADMITS)),
                List.of(),
                false);

        assertThat(plan.changes())
                .extracting(Plan.Change::text)
                .contains("is revoked after the grace period: it is unmanaged");
    }

    private static RedisAccessBinding adopted() {
        RedisAccessBinding binding = Samples.binding("shop", "orders", "orders", ALICE);
        RedisAccessBindingStatus status = binding.getStatus();
        binding.setStatus(new RedisAccessBindingStatus(
                status.observedGeneration(),
                status.conditions(),
                status.endpoint(),
                status.identity(),
                new AssignmentStatus("by-terraform", AssignmentOrigin.ADOPTED, "Succeeded", null),
                null,
                null,
                null));
        return binding;
    }

    private static AccessEntry ofTheOperator(AccessEntry entry) {
        return new AccessEntry(
                entry.objectId(),
                OwnerMark.of("any").assignmentName(new ObjectId(entry.objectId())),
                entry.access(),
                entry.kind(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                entry.firstSeen(),
                entry.since());
    }

    private static Arguments of(Object... values) {
        return Arguments.of(values);
    }

    @Test
    void whatDependsOnLabelsThatMayNotBeReadNeedsApproval() {
        RedisDatabase other =
                Samples.database("orders-cache", "allowedNamespaces: {selector: {matchLabels: {team: other}}}");
        RedisDatabase selecting =
                Samples.database("orders-cache", "allowedNamespaces: {selector: {matchLabels: {team: shop}}}");

        assertThat(hidden(other, List.of(HIDDEN), apply(selecting)))
                .containsExactly("REVOKE may lose access: that depends on the labels of namespace hidden, which you may"
                        + " not read");
        assertThat(hidden(selecting, List.of(HIDDEN), apply(selecting)))
                .as("nothing changes")
                .isEmpty();
    }

    @Test
    void revokingSoonerOrMoreNeedsApproval() {
        RedisDatabase faster = Samples.database(
                "orders-cache", "access: {unmanaged: Revoke, revocation: {gracePeriodSeconds: 300}}, " + ADMITS);

        Plan plan = plan(List.of(), List.of(), List.of(faster), List.of(), false);

        assertThat(plan.revokes()).isTrue();
        assertThat(plan.changes()).singleElement().satisfies(change -> assertThat(change.text())
                .isEqualTo("revokes sooner, or more in an hour, what nothing explains"));
    }

    @Test
    void pruningRevokesUnlessAnotherBindingNeedsIt() {
        Plan alone =
                plan(List.of(ORDERS), List.of(), List.of(), List.of(Samples.binding("shop", "new", "new", "")), true);
        assertThat(alone.changes())
                .extracting(Plan.Change::effect)
                .containsExactlyInAnyOrder(Plan.Effect.GRANT, Plan.Effect.REVOKE);

        Plan twin = plan(
                List.of(ORDERS, TWIN),
                List.of(),
                List.of(),
                List.of(Samples.binding("shop", "twin", "orders", "")),
                true);
        assertThat(twin.changes()).singleElement().satisfies(change -> assertThat(change.text())
                .isEqualTo("keeps access through another binding; the binding is deleted"));
    }
}
