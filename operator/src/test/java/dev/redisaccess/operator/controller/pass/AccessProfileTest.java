package dev.redisaccess.operator.controller.pass;

import static dev.redisaccess.operator.controller.pass.PassFixture.MARK;
import static dev.redisaccess.operator.controller.pass.PassFixture.ORDERS;
import static dev.redisaccess.operator.controller.pass.PassFixture.profile;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.AccessProfileSpec;
import dev.redisaccess.operator.api.AllowedNamespaces;
import dev.redisaccess.operator.api.AssignmentStatus;
import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.DatabaseAccessSpec;
import dev.redisaccess.operator.api.FullAccess;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingSpec;
import dev.redisaccess.operator.api.RedisAccessBindingStatus;
import dev.redisaccess.operator.api.RedisDatabaseSpec;
import dev.redisaccess.operator.api.VerificationMode;
import dev.redisaccess.operator.binding.Access;
import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.Database;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.ProvisioningState;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.WantedAccess;
import dev.redisaccess.operator.binding.port.Verifier;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Access profiles: how much access a binding gets, and what it reports. */
class AccessProfileTest {

    private final PassFixture fixture = new PassFixture();

    @BeforeEach
    void profiles() {
        profiles(
                new AccessProfileSpec("reader", "+@read ~{namespace}:*", null),
                new AccessProfileSpec("writer", "+@all ~{namespace}:*", null));
    }

    @Test
    void grantsTheRuleOfTheProfileAndVerifiesIt() {
        RedisAccessBinding binding = bind("a", "reader", 1);
        PassResult result = makeReady(binding, "+@read ~shop:*");
        assertThat(wanted()).contains("+@read ~shop:*");
        assertThat(finding(result, ConditionType.ACCESS_GRANTED).message()).contains("`reader`", "`+@read ~shop:*`");
        assertThat(finding(result, ConditionType.LEAST_PRIVILEGE_VERIFIED))
                .isEqualTo(Finding.of(Reason.LEAST_PRIVILEGE_VERIFIED, "Redis allowed this and denied that."));
        assertThat(finding(result, ConditionType.READY).holds()).isTrue();
        assertThat(fixture.published.get(0).variables()).containsEntry("REDIS_KEY_PREFIX", "shop:");
    }

    @Test
    void aBindingWithoutAProfileHasNoConditionAndNoPrefix() {
        RedisAccessBinding binding = bind("a", null, 1);
        PassResult result = fixture.makeReady(binding);
        assertThat(finding(result, ConditionType.READY).holds()).isTrue();
        assertThat(result.findings()).doesNotContainKey(ConditionType.LEAST_PRIVILEGE_VERIFIED);
        assertThat(fixture.published.get(0).variables()).doesNotContainKey("REDIS_KEY_PREFIX");
    }

    @Test
    void anotherProfileIsAnUpdateInPlaceAndAnotherVerification() {
        RedisAccessBinding binding = bind("a", "reader", 1);
        makeReady(binding, "+@read ~shop:*");
        int exchanges = fixture.exchanges;
        profile(binding, "writer");
        PassResult changing = fixture.pass(binding);
        assertThat(finding(changing, ConditionType.ACCESS_GRANTED).reason()).isEqualTo(Reason.GRANTING_ACCESS);
        assertThat(wanted()).contains("+@all ~shop:*");
        assertThat(fixture.azure.revoked).isEmpty();
        inAzure("+@all ~shop:*");
        fixture.pass(binding);
        fixture.work();
        assertThat(finding(fixture.pass(binding), ConditionType.READY).holds()).isTrue();
        assertThat(fixture.exchanges).isGreaterThan(exchanges);
    }

    @Test
    void fullAccessTakesThePlaceOfAProfile() {
        RedisAccessBinding binding = bind("a", "reader", 1);
        makeReady(binding, "+@read ~shop:*");
        profile(binding, null);
        fixture.pass(binding);
        assertThat(wanted()).contains("+@all ~*");
    }

    /** Full access would widen what was narrowed by hand. */
    @Test
    void fullAccessDoesNotTakeThePlaceOfARuleOfOthers() {
        RedisAccessBinding binding = bind("a", null, 1);
        fixture.makeReady(binding);
        inAzure("+get ~by-hand");
        fixture.azure.granted.clear();
        PassResult result = fixture.pass(binding);
        assertThat(finding(result, ConditionType.ACCESS_GRANTED).reason()).isEqualTo(Reason.ASSIGNMENT_CONFLICT);
        assertThat(fixture.azure.granted).isEmpty();
    }

    @Test
    void aChangeByOthersIsPutRightAndReportedWithBothStrings() {
        RedisAccessBinding binding = bind("a", "reader", 1);
        makeReady(binding, "+@read ~shop:*");
        inAzure("+@all ~*");
        PassResult result = fixture.pass(binding);
        Finding drift = finding(result, ConditionType.READY);
        assertThat(drift.reason()).isEqualTo(Reason.ACCESS_STRING_DRIFTED);
        assertThat(drift.message()).contains("`+@read ~shop:*`", "`+@all ~*`");
        assertThat(result.write()).isTrue();
        assertThat(wanted()).contains("+@read ~shop:*");
    }

    @Test
    void aChangedProfileIsNoDrift() {
        RedisAccessBinding binding = bind("a", "reader", 1);
        makeReady(binding, "+@read ~shop:*");
        profiles(new AccessProfileSpec("reader", "+get ~{namespace}:*", null));
        assertThat(finding(fixture.pass(binding), ConditionType.ACCESS_GRANTED).reason())
                .isEqualTo(Reason.GRANTING_ACCESS);
        assertThat(wanted()).contains("+get ~shop:*");
    }

    @Test
    void aRemovedProfileLeavesWhatIsThere() {
        RedisAccessBinding binding = bind("a", "reader", 1);
        makeReady(binding, "+@read ~shop:*");
        profiles(new AccessProfileSpec("writer", "+@all ~{namespace}:*", null));
        fixture.azure.granted.clear();
        PassResult result = fixture.pass(binding);
        assertThat(finding(result, ConditionType.READY).reason()).isEqualTo(Reason.ACCESS_PROFILE_NOT_FOUND);
        assertThat(finding(result, ConditionType.READY).message()).contains("`writer`", "stays as it is");
        assertThat(fixture.azure.granted).isEmpty();
        assertThat(fixture.azure.revoked).isEmpty();
        assertThat(wanted()).isEmpty();
    }

    @Test
    void aProfileMayNotBeForThisNamespace() {
        profiles(new AccessProfileSpec("reader", "+@read ~a", new AllowedNamespaces(List.of("other"), null)));
        assertThat(ready("reader")).isEqualTo(Reason.ACCESS_PROFILE_NOT_ALLOWED);
    }

    @Test
    void aProfileMayBeOneThatRedisRefuses() {
        profiles(new AccessProfileSpec("reader", "+@raed ~a", null));
        assertThat(ready("reader")).isEqualTo(Reason.ACCESS_PROFILE_INVALID);
    }

    @Test
    void fullAccessMayBeForbidden() {
        RedisDatabaseSpec spec = fixture.cluster.databases.get("orders-cache").getSpec();
        access(new DatabaseAccessSpec(FullAccess.FORBIDDEN, spec.access().profiles(), null, null, null, null));
        assertThat(ready(null)).isEqualTo(Reason.FULL_ACCESS_FORBIDDEN);
    }

    @Test
    void aDatabaseWithModulesHasNoProfiles() {
        Database before = fixture.azure.database.orElseThrow();
        fixture.azure.database = Optional.of(new Database(
                before.endpoint(), before.clusteringPolicy(), before.accessKeysEnabled(), List.of("RediSearch")));
        assertThat(ready("reader")).isEqualTo(Reason.MODULES_PREVENT_ACCESS_STRINGS);
        assertThat(fixture.azure.granted).isEmpty();
    }

    @Test
    void whereAzureHidesTheAccessAProfileIsNotGranted() {
        fixture.azure.assignments.put(ORDERS.objectId(), assignment(Access.unknown()));
        assertThat(ready("reader")).isEqualTo(Reason.PREVIEW_API_REFUSED);
        assertThat(fixture.azure.granted).isEmpty();
    }

    @Test
    void theOlderOfTwoBindingsDecidesAndTheNewerSaysSo() {
        RedisAccessBinding older = bind("z-older", "reader", 1);
        makeReady(older, "+@read ~shop:*");
        RedisAccessBinding newer = bind("a-newer", "writer", 2);
        fixture.pass(newer);
        fixture.work();
        PassResult result = fixture.pass(newer);
        Finding conflict = finding(result, ConditionType.READY);
        assertThat(conflict.reason()).isEqualTo(Reason.ACCESS_PROFILE_CONFLICT);
        assertThat(conflict.message()).contains("`z-older`", "`+@read ~shop:*`", "`+@all ~shop:*`");
        assertThat(wanted()).contains("+@read ~shop:*");
        assertThat(finding(fixture.pass(older), ConditionType.READY).holds()).isTrue();

        fixture.cluster.bindings.remove(BindingKey.of(older));
        assertThat(result.nextPass().delay(fixture.now))
                .hasValueSatisfying(delay -> assertThat(delay).isLessThanOrEqualTo(Duration.ofSeconds(10)));
        assertThat(finding(fixture.pass(newer), ConditionType.ACCESS_GRANTED).reason())
                .isEqualTo(Reason.GRANTING_ACCESS);
        assertThat(wanted()).contains("+@all ~shop:*");
    }

    @Test
    void twoBindingsWithTheSameAccessDoNotConflict() {
        makeReady(bind("older", "reader", 1), "+@read ~shop:*");
        RedisAccessBinding newer = bind("newer", "reader", 2);
        fixture.pass(newer);
        fixture.work();
        fixture.pass(newer);
        fixture.work();
        assertThat(finding(fixture.pass(newer), ConditionType.READY).holds()).isTrue();
    }

    @Test
    void anOlderBindingWhoseProfileIsGoneDecidesNothing() {
        RedisAccessBinding older = bind("older", "reader", 1);
        makeReady(older, "+@read ~shop:*");
        RedisAccessBinding newer = bind("newer", "writer", 2);
        profiles(new AccessProfileSpec("writer", "+@all ~{namespace}:*", null));
        fixture.pass(newer);
        fixture.work();
        assertThat(finding(fixture.pass(newer), ConditionType.ACCESS_GRANTED).reason())
                .isEqualTo(Reason.GRANTING_ACCESS);
        assertThat(wanted()).contains("+@all ~shop:*");
    }

    /** A status may be forged: until an exchange confirms the older binding's identity, nothing follows from it. */
    @Test
    void anOlderBindingThatOnlyItsStatusIdentifiesDecidesNothing() {
        RedisAccessBinding older = bind("older", "reader", 1);
        makeReady(older, "+@read ~shop:*");
        RedisAccessBinding newer = bind("newer", "writer", 2);
        fixture.memories.drop(BindingKey.of(older));
        fixture.pass(newer);
        fixture.work();
        PassResult result = fixture.pass(newer);
        assertThat(finding(result, ConditionType.READY).reason()).isEqualTo(Reason.RESOLVING_IDENTITY);
        assertThat(fixture.woken).contains(BindingKey.of(older));
        assertThat(wanted()).isEmpty();
    }

    @Test
    void aDeniedCommandIsReportedWithoutLosingTheLogin() {
        RedisAccessBinding binding = bind("a", "reader", 1);
        fixture.redis = Result.failed(Problem.of(Reason.DENIED_COMMAND_ALLOWED, "Redis allows `SETRANGE`."));
        PassResult result = makeReady(binding, "+@read ~shop:*");
        assertThat(finding(result, ConditionType.CONNECTION_VERIFIED).holds()).isTrue();
        assertThat(finding(result, ConditionType.READY).reason()).isEqualTo(Reason.ACCESS_STRING_PROPAGATING);
        fixture.now = fixture.now.plus(Duration.ofMinutes(6));
        fixture.pass(binding);
        fixture.work();
        PassResult later = fixture.pass(binding);
        assertThat(finding(later, ConditionType.LEAST_PRIVILEGE_VERIFIED).reason())
                .isEqualTo(Reason.DENIED_COMMAND_ALLOWED);
        assertThat(finding(later, ConditionType.READY).reason()).isEqualTo(Reason.DENIED_COMMAND_ALLOWED);
        assertThat(fixture.published).isEmpty();
    }

    @Test
    void withoutVerificationNothingIsProbed() {
        RedisAccessBinding binding = bind("a", "reader", 1);
        var spec = binding.getSpec();
        binding.setSpec(new RedisAccessBindingSpec(
                spec.databaseRef(),
                spec.serviceAccountName(),
                null,
                null,
                new dev.redisaccess.operator.api.VerificationSpec(VerificationMode.DISABLED, 900, 10),
                spec.environment(),
                spec.deletionPolicy(),
                "reader"));
        PassResult result = makeReady(binding, "+@read ~shop:*");
        assertThat(finding(result, ConditionType.LEAST_PRIVILEGE_VERIFIED).reason())
                .isEqualTo(Reason.VERIFICATION_DISABLED);
        assertThat(finding(result, ConditionType.READY).holds()).isTrue();
    }

    @Test
    void statusHasTheAccessThatAzureReports() {
        RedisAccessBinding binding = bind("a", "reader", 1);
        makeReady(binding, "+@read   ~shop:*");
        assertThat(binding.getStatus().assignment().access()).isEqualTo("+@read ~shop:*");
        profile(binding, "writer");
        fixture.pass(binding);
        assertThat(binding.getStatus().assignment().access()).isNull();
        RedisAccessBinding full = bind("b", null, 2);
        fixture.cluster.bindings.remove(BindingKey.of(binding));
        inAzure("+@all ~*");
        makeReady(full, "+@all ~*");
        assertThat(full.getStatus().assignment().access()).isEqualTo("full");
    }

    /** Status holds a verification of the access before. */
    @Test
    void aProfileThatWasChangedDuringARestartIsVerifiedAgain() {
        RedisAccessBinding binding = bind("a", "reader", 1);
        makeReady(binding, "+@read ~shop:*");
        int exchanges = fixture.exchanges;
        restart(binding);
        assertThat(finding(fixture.pass(binding), ConditionType.READY).holds()).isTrue();
        fixture.work();
        assertThat(fixture.exchanges).as("the same access").isEqualTo(exchanges);

        restart(binding);
        profiles(new AccessProfileSpec("reader", "+get ~{namespace}:*", null));
        inAzure("+get ~shop:*");
        assertThat(finding(fixture.pass(binding), ConditionType.LEAST_PRIVILEGE_VERIFIED)
                        .holds())
                .isFalse();
        fixture.work();
        assertThat(fixture.exchanges).isGreaterThan(exchanges);
    }

    /** The report depends on what status says, which may be forged; what is written to Azure does not. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "+@read ~shop:*, +@read ~{namespace}:*, ACCESS_STRING_DRIFTED",
                "+@read ~shop:*, +get ~{namespace}:*, GRANTING_ACCESS",
                "+get ~shop:*, +@read ~{namespace}:*, GRANTING_ACCESS",
                "full, +@read ~{namespace}:*, GRANTING_ACCESS",
                "none, +@read ~{namespace}:*, GRANTING_ACCESS"
            })
    void aChangeByOthersDuringARestartIsReported(String inStatus, String profile, Reason reason) {
        RedisAccessBinding binding = bind("a", "reader", 1);
        makeReady(binding, "+@read ~shop:*");
        statusHas(binding, inStatus);
        restart(binding);
        profiles(new AccessProfileSpec("reader", profile, null));
        inAzure("+@all ~*");
        fixture.azure.wants.clear();
        PassResult first = fixture.pass(binding);
        assertThat(finding(first, ConditionType.ACCESS_GRANTED).reason()).isEqualTo(Reason.RESOLVING_IDENTITY);
        assertThat(fixture.azure.wants).as("nothing before an exchange").isEmpty();
        fixture.work();
        PassResult result = fixture.pass(binding);
        assertThat(finding(result, ConditionType.ACCESS_GRANTED).reason()).isEqualTo(reason);
        if (reason == Reason.ACCESS_STRING_DRIFTED) {
            assertThat(finding(result, ConditionType.READY).message()).contains("`+@read ~shop:*`", "`+@all ~*`");
            assertThat(result.write()).isTrue();
        }
        assertThat(wanted()).contains(profile.replace("{namespace}", "shop"));
        assertThat(binding.getStatus().assignment().access()).isNull();
        assertThat(finding(fixture.pass(binding), ConditionType.ACCESS_GRANTED).reason())
                .as("reported once")
                .isEqualTo(Reason.GRANTING_ACCESS);
    }

    /** What this process has found is newer than what status says. */
    @Test
    void aStatusThatIsOlderThanWhatWasFoundDecidesNothing() {
        RedisAccessBinding binding = bind("a", "reader", 1);
        makeReady(binding, "+@read ~shop:*");
        profile(binding, "writer");
        inAzure("+@all ~shop:*");
        fixture.pass(binding);
        statusHas(binding, "+@read ~shop:*");
        profile(binding, "reader");
        assertThat(finding(fixture.pass(binding), ConditionType.ACCESS_GRANTED).reason())
                .isEqualTo(Reason.GRANTING_ACCESS);
    }

    private static void statusHas(RedisAccessBinding binding, String access) {
        RedisAccessBindingStatus was = binding.getStatus();
        AssignmentStatus assignment = was.assignment();
        binding.setStatus(new RedisAccessBindingStatus(
                was.observedGeneration(),
                was.conditions(),
                was.endpoint(),
                was.identity(),
                new AssignmentStatus(assignment.name(), assignment.origin(), assignment.provisioningState(), access),
                was.verification(),
                was.environment(),
                was.binding()));
    }

    private void restart(RedisAccessBinding binding) {
        fixture.memories.drop(BindingKey.of(binding));
    }

    private Reason ready(String profile) {
        RedisAccessBinding binding = bind("a", profile, 1);
        fixture.pass(binding);
        fixture.work();
        return finding(fixture.pass(binding), ConditionType.READY).reason();
    }

    private PassResult makeReady(RedisAccessBinding binding, String accessString) {
        if (fixture.redis instanceof Result.Ok<Verifier.Login> ok) {
            Verifier.Login login = ok.value();
            fixture.redis = Result.ok(new Verifier.Login(
                    login.user(),
                    login.redisVersion(),
                    login.connect(),
                    login.authenticate(),
                    login.command(),
                    "Redis allowed this and denied that."));
        }
        fixture.pass(binding);
        fixture.work();
        fixture.pass(binding);
        inAzure(accessString);
        fixture.pass(binding);
        fixture.work();
        return fixture.pass(binding);
    }

    /** Azure has this access for the workload. */
    private void inAzure(String accessString) {
        fixture.azure.lanes.clear();
        fixture.azure.assignments.put(ORDERS.objectId(), assignment(Access.of("", Optional.of(accessString))));
    }

    private Assignment assignment(Access access) {
        return new Assignment(
                MARK.assignmentName(ORDERS.objectId()),
                Optional.of(ORDERS.objectId()),
                access,
                ProvisioningState.Succeeded,
                Optional.of(fixture.now));
    }

    /** What the lane would write now. */
    private Optional<String> wanted() {
        return fixture.azure.wants.get(ORDERS.objectId()).get().map(WantedAccess::text);
    }

    private void profiles(AccessProfileSpec... profiles) {
        access(new DatabaseAccessSpec(null, List.of(profiles), null, null, null, null));
    }

    private void access(DatabaseAccessSpec access) {
        RedisDatabaseSpec spec = fixture.cluster.databases.get("orders-cache").getSpec();
        fixture.cluster
                .databases
                .get("orders-cache")
                .setSpec(new RedisDatabaseSpec(
                        spec.resourceId(), spec.allowedNamespaces(), 300, spec.retention(), access));
    }

    private RedisAccessBinding bind(String name, String profile, int age) {
        RedisAccessBinding binding = fixture.bind(name);
        binding.getMetadata().setCreationTimestamp("2026-01-01T00:00:0" + age + "Z");
        profile(binding, profile);
        return binding;
    }

    private static Finding finding(PassResult result, ConditionType type) {
        return result.findings().get(type);
    }
}
