package dev.redisaccess.systemtest.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redisaccess.emulator.state.Assignment;
import dev.redisaccess.emulator.state.Principal.ManagedIdentity;
import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Reason;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Access profiles, from the binding to what the workload's own connection may do. */
@Execution(ExecutionMode.CONCURRENT)
class AccessProfilesTest {

    @RegisterExtension
    static final LocalPlatform PLATFORM = new LocalPlatform();

    private static final String PROFILES = "{profiles: [{name: reader, accessString: '+@read ~{namespace}:*'},"
            + " {name: writer, accessString: '+@all -@dangerous ~{namespace}:*'}]}";

    @Test
    void aReaderReadsItsOwnKeysOnlyAndBecomesAWriterWithoutAReconnect() {
        Tenant tenant = PLATFORM.tenant("profile-switch").withDatabase().registeredWithAccess(PROFILES);
        ManagedIdentity workload = tenant.workload("orders");
        BindingView binding = tenant.bind("cache", "orders", "accessProfile: reader");
        binding.awaitReady();
        assertThat(binding.condition(ConditionType.LEAST_PRIVILEGE_VERIFIED)
                        .orElseThrow()
                        .getMessage())
                .contains("allowed `EXISTS`", "denied `SETRANGE`", "outside of all patterns");
        assertThat(binding.configMap("cache").orElseThrow().getData())
                .containsEntry("REDIS_KEY_PREFIX", "profile-switch:");

        try (WorkloadConnection connection = WorkloadConnection.of(PLATFORM, tenant, workload, "orders")) {
            RedisCommands<String, String> redis = connection.redis();
            assertThat(redis.get("profile-switch:1")).isNull();
            assertDenied(() -> redis.set("profile-switch:1", "v"));
            assertDenied(() -> redis.get("other:1"));

            tenant.bind("cache", "orders", "accessProfile: writer");
            binding.awaitReady();
            assertThat(redis.set("profile-switch:1", "v")).isEqualTo("OK");
            assertThat(redis.get("profile-switch:1")).isEqualTo("v");
            assertDenied(() -> redis.set("other:1", "v"));

            tenant.bind("cache", "orders");
            binding.awaitReady();
            assertThat(redis.set("other:1", "v")).isEqualTo("OK");
            assertThat(binding.condition(ConditionType.LEAST_PRIVILEGE_VERIFIED))
                    .isEmpty();
        }
        assertThat(tenant.armWrites()).hasSize(3).allMatch(write -> write.method()
                .equals("PUT"));
    }

    @Test
    void aChangedProfileIsOneUpdateForEachBinding() {
        Tenant tenant = PLATFORM.tenant("profile-change").withDatabase().registeredWithAccess(PROFILES);
        List<BindingView> bindings = java.util.stream.IntStream.range(0, 4)
                .mapToObj(number -> {
                    tenant.workload("account-" + number);
                    return tenant.bind("cache-" + number, "account-" + number, "accessProfile: reader");
                })
                .toList();
        bindings.forEach(BindingView::awaitReady);
        assertThat(tenant.armWrites()).hasSize(4);

        tenant.registeredWithAccess(
                "{profiles: [{name: reader, accessString: '+get ~{namespace}:{serviceAccount}:*'}]}");
        BindingView.patiently("every assignment has the new rule").untilAsserted(() -> assertThat(tenant.assignments())
                .extracting(Assignment::effectiveAccessString)
                .containsExactlyInAnyOrder(
                        "+get ~profile-change:account-0:*",
                        "+get ~profile-change:account-1:*",
                        "+get ~profile-change:account-2:*",
                        "+get ~profile-change:account-3:*"));
        bindings.forEach(BindingView::awaitReady);
        assertThat(tenant.armWrites()).hasSize(8);
    }

    @Test
    void aRemovedProfileLeavesTheAccessAndSaysSo() {
        Tenant tenant = PLATFORM.tenant("profile-removed").withDatabase().registeredWithAccess(PROFILES);
        tenant.workload("orders");
        BindingView binding = tenant.bind("cache", "orders", "accessProfile: reader");
        binding.awaitReady();
        tenant.registeredWithAccess("{profiles: [{name: writer, accessString: '+@all ~{namespace}:*'}]}");
        assertThat(binding.awaitFailure(ConditionType.ACCESS_GRANTED, Reason.ACCESS_PROFILE_NOT_FOUND)
                        .getMessage())
                .contains("stays as it is");
        assertThat(tenant.assignments()).singleElement().satisfies(left -> assertThat(left.effectiveAccessString())
                .isEqualTo("+@read ~profile-removed:*"));
        tenant.registeredWithAccess(PROFILES);
        binding.awaitReady();
        assertThat(tenant.armWrites()).hasSize(1);
    }

    @Test
    void theNewerOfTwoBindingsOfOneIdentityTakesEffectWhenTheOlderOneGoes() {
        Tenant tenant = PLATFORM.tenant("profile-conflict").withDatabase().registeredWithAccess(PROFILES);
        tenant.workload("orders");
        BindingView older = tenant.bind("a-older", "orders", "accessProfile: reader");
        older.awaitReady();
        BindingView newer = tenant.bind("b-newer", "orders", "accessProfile: writer");
        assertThat(newer.awaitFailure(ConditionType.ACCESS_GRANTED, Reason.ACCESS_PROFILE_CONFLICT)
                        .getMessage())
                .contains("`a-older`", "`+@read ~profile-conflict:*`");
        assertThat(tenant.armWrites()).hasSize(1);
        older.delete();
        older.awaitGone();
        newer.awaitReady();
        assertThat(tenant.assignments()).singleElement().satisfies(left -> assertThat(left.effectiveAccessString())
                .isEqualTo("+@all -@dangerous ~profile-conflict:*"));
    }

    @Test
    void aChangeByOthersIsPutRight() {
        Tenant tenant = PLATFORM.tenant("profile-drift").withDatabase().registeredWithAccess(PROFILES);
        ManagedIdentity workload = tenant.workload("orders");
        BindingView binding = tenant.bind("cache", "orders", "accessProfile: reader");
        binding.awaitReady();
        tenant.assignedByOthers(
                LocalPlatform.assignmentName(workload.objectId()), workload.objectId(), Optional.of("+@all ~*"));
        BindingView.patiently("the access string of the profile again").untilAsserted(() -> assertThat(
                        tenant.assignments())
                .singleElement()
                .satisfies(one -> assertThat(one.effectiveAccessString()).isEqualTo("+@read ~profile-drift:*")));
        binding.awaitReady();
        BindingView.patiently("an Event with both strings").untilAsserted(() -> assertThat(PLATFORM.client()
                        .v1()
                        .events()
                        .inNamespace(tenant.name())
                        .list()
                        .getItems())
                .anySatisfy(
                        event -> assertThat(event.getMessage()).contains("`+@read ~profile-drift:*`", "`+@all ~*`")));
    }

    /** The shards have copies of the rules, and the slots of the probes are on several of them. */
    @Test
    void aProfileIsVerifiedOnTheShardsOfAnOssCluster() {
        Tenant tenant = PLATFORM.tenant("profile-shards").withShards(3).registeredWithAccess(PROFILES);
        tenant.workload("orders");
        BindingView binding = tenant.bind("cache", "orders", "accessProfile: writer");
        binding.awaitReady();
        assertThat(binding.condition(ConditionType.LEAST_PRIVILEGE_VERIFIED)
                        .orElseThrow()
                        .getMessage())
                .contains("allowed `EXISTS`", "`SETRANGE`");
    }

    private static void assertDenied(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(RedisCommandExecutionException.class)
                .hasMessageStartingWith("NOPERM");
    }
}
