package dev.redisaccess.operator.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.emulator.redis.RedisFault;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.ClusteringPolicy;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.WorkloadToken;
import dev.redisaccess.operator.binding.port.Verifier.Login;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The verification of a restricted principal, with a real redis-server that has its rule, or another one. */
class RuleVerificationTest {

    private static final String READER = "+@read ~shop:*";

    @TempDir
    static Path directory;

    private static VerifierFixture one;
    private static VerifierFixture shards;

    @BeforeAll
    static void start() {
        one = new VerifierFixture(directory.resolve("one"), ClusteringPolicy.EnterpriseCluster);
        shards = new VerifierFixture(directory.resolve("shards"), ClusteringPolicy.OSSCluster);
    }

    @AfterAll
    static void stop() {
        one.close();
        shards.close();
    }

    @AfterEach
    void heal() {
        one.front.clearFaults();
        shards.front.clearFaults();
    }

    @ParameterizedTest
    @EnumSource(
            value = ClusteringPolicy.class,
            names = {"EnterpriseCluster", "OSSCluster"})
    void saysWhatWasTried(ClusteringPolicy policy) {
        Login login = succeeds(fixture(policy), READER, READER);
        assertThat(login.user()).isEmpty();
        assertThat(login.probes())
                .startsWith("Redis allowed `EXISTS` on a key of `shop:*`, and denied `SETRANGE` on a key of `shop:*`,"
                        + " `EXISTS` on a key outside of all patterns.");
        if (policy == ClusteringPolicy.OSSCluster) {
            assertThat(login.probes())
                    .endsWith("Not tried: the ports of the shards, because the profile denies `CLUSTER SLOTS`.");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+@all -@dangerous ~shop:*",
                "+@all ~*",
                "+get ~a:* ~b:* ~c:*",
                "+xadd +xack ~jobs:*",
                "+publish &news:*",
                "+evalsha +get ~limits:*",
                "+ping"
            })
    void aRuleThatIsInEffectHolds(String rule) {
        assertThat(succeeds(one, rule, rule).probes()).endsWith(".").doesNotContain("zq-");
        // Random keys: again and again, so that the slots of all shards are hit.
        for (int i = 0; i < 5; i++) {
            succeeds(shards, rule, rule);
        }
    }

    @Test
    void theUserIsReadWhereTheRuleAllowsIt() {
        String rule = READER + " +acl|whoami +ping";
        assertThat(succeeds(one, rule, rule).user()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = ClusteringPolicy.class,
            names = {"EnterpriseCluster", "OSSCluster"})
    void moreAccessThanTheRuleIsFound(ClusteringPolicy policy) {
        for (String wider : List.of("+@all ~shop:*", "+@read ~*", "+@all ~*")) {
            Problem problem = fails(fixture(policy), wider, READER);
            assertThat(problem.reason()).as(wider).isEqualTo(Reason.DENIED_COMMAND_ALLOWED);
            assertThat(problem.message()).contains("`" + READER + "`", "does not allow");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ClusteringPolicy.class,
            names = {"EnterpriseCluster", "OSSCluster"})
    void lessAccessThanTheRuleIsFound(ClusteringPolicy policy) {
        for (String narrower : List.of("+ping", "+get ~shop:*", "+@read ~other:*")) {
            Problem problem = fails(fixture(policy), narrower, READER);
            assertThat(problem.reason()).as(narrower).isEqualTo(Reason.ALLOWED_COMMAND_DENIED);
            assertThat(problem.message()).contains("denies `EXISTS` on a key of `shop:*`", "allows.");
        }
    }

    /** A failure must not change the status at each attempt. */
    @Test
    void theMessageIsTheSameAtEachAttempt() {
        assertThat(fails(one, "+ping", READER)).isEqualTo(fails(one, "+ping", READER));
        assertThat(succeeds(one, READER, READER).probes())
                .isEqualTo(succeeds(one, READER, READER).probes());
    }

    @Test
    void aDeniedPingIsAnAuthenticatedUser() {
        one.front.fault(new RedisFault.DenyCommands(List.of("ping", "acl", "info")));
        assertThat(succeeds(one, READER, READER).probes()).startsWith("Redis allowed");
    }

    private static VerifierFixture fixture(ClusteringPolicy policy) {
        return policy == ClusteringPolicy.OSSCluster ? shards : one;
    }

    private static Login succeeds(VerifierFixture fixture, String inEffect, String rule) {
        WorkloadToken token = fixture.token(inEffect);
        Result<Login> result = fixture.run(token, rule);
        assertThat(result).as("%s: %s", rule, result).isInstanceOf(Result.Ok.class);
        return result.toOptional().orElseThrow();
    }

    private static Problem fails(VerifierFixture fixture, String inEffect, String rule) {
        WorkloadToken token = fixture.token(inEffect);
        return VerifierFixture.problem(fixture.run(token, rule), token);
    }
}
