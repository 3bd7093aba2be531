package dev.redisaccess.operator.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.AccessProfileSpec;
import dev.redisaccess.operator.api.AllowedNamespaces;
import dev.redisaccess.operator.api.DatabaseAccessSpec;
import dev.redisaccess.operator.api.FullAccess;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.api.RedisDatabaseSpec;
import dev.redisaccess.operator.binding.acl.AccessString;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccessChoiceTest {

    private static final ServiceAccountKey ORDERS = new ServiceAccountKey("shop", "orders");
    private static final AccessProfileSpec READER = profile("reader", "+@read ~{namespace}:*", null);
    private static final AccessProfileSpec WRITER =
            profile("writer", "+@write ~{serviceAccount}:*", new AllowedNamespaces(List.of("billing"), null));

    @Test
    void withoutAProfileItIsFullAccess() {
        assertThat(choose(null, database(null))).isEqualTo(Result.ok(WantedAccess.full()));
        assertThat(choose(null, database(access(null)))).isEqualTo(Result.ok(WantedAccess.full()));
    }

    @Test
    void aProfileIsItsRuleWithTheNamesOfTheBinding() {
        assertThat(choose("reader", database(access(null, READER, WRITER))))
                .isEqualTo(Result.ok(WantedAccess.of(string("+@read ~shop:*"))));
    }

    @Test
    void fullAccessMayReplaceTheRulesOfTheProfiles() {
        RedisDatabase database = database(access(null, READER, WRITER, profile("bad", "+@nosuch ~a", null)));
        assertThat(AccessChoice.of(
                        Optional.empty(), ORDERS, database, Optional.of(Map.of()), Set.of(string("+get ~former"))))
                .isEqualTo(Result.ok(WantedAccess.fullInsteadOf(
                        Set.of(string("+@read ~shop:*"), string("+@write ~orders:*"), string("+get ~former")))));
    }

    @Test
    void aProfileThatDoesNotExistIsNamedWithThoseThatDo() {
        Problem problem = problem("readr", database(access(null, READER, WRITER)));
        assertThat(problem.reason()).isEqualTo(Reason.ACCESS_PROFILE_NOT_FOUND);
        assertThat(problem.message()).contains("`orders-cache`", "`readr`", "`reader`, `writer`", "stays as it is");
        assertThat(problem("reader", database(null)).message()).contains("It has: none.");
    }

    @Test
    void aProfileMayBeForOtherNamespaces() {
        Problem problem = problem("writer", database(access(null, READER, WRITER)));
        assertThat(problem.reason()).isEqualTo(Reason.ACCESS_PROFILE_NOT_ALLOWED);
        assertThat(problem.message()).contains("`writer`", "`shop`", "stays as it is");
    }

    @Test
    void aRuleThatRedisWouldRefuseIsNotSent() {
        Problem problem = problem("bad", database(access(null, profile("bad", "+@nosuch ~a", null))));
        assertThat(problem.reason()).isEqualTo(Reason.ACCESS_PROFILE_INVALID);
        assertThat(problem.message()).contains("`bad`", "`+@nosuch`");
        String longest = "+get ~" + "x".repeat(900) + " ~" + "y".repeat(100) + " nonsense";
        assertThat(problem("bad", database(access(null, profile("bad", longest, null))))
                        .message())
                .hasSizeLessThan(Problem.MAX_MESSAGE);
    }

    @Test
    void theDatabaseMayForbidFullAccess() {
        RedisDatabase database = database(access(FullAccess.FORBIDDEN, READER));
        Problem problem = problem(null, database);
        assertThat(problem.reason()).isEqualTo(Reason.FULL_ACCESS_FORBIDDEN);
        assertThat(problem.message()).contains("`reader`", "stays as it is");
        assertThat(choose("reader", database).toOptional()).isPresent();
    }

    @Test
    void onlyADatabaseWithProfilesOrWithoutFullAccessIsLimited() {
        assertThat(AccessChoice.isLimited(database(null))).isFalse();
        assertThat(AccessChoice.isLimited(database(access(FullAccess.ALLOWED)))).isFalse();
        assertThat(AccessChoice.isLimited(database(access(FullAccess.FORBIDDEN))))
                .isTrue();
        assertThat(AccessChoice.isLimited(database(access(null, READER)))).isTrue();
    }

    @Test
    void everyMessageIsASentence() {
        RedisDatabase database = database(access(FullAccess.FORBIDDEN, READER, WRITER, profile("bad", "+get(", null)));
        for (String name : new String[] {null, "readr", "writer", "bad"}) {
            MessageForm.assertKept(problem(name, database).message());
        }
    }

    private static Result<WantedAccess> choose(String profile, RedisDatabase database) {
        return AccessChoice.of(Optional.ofNullable(profile), ORDERS, database, Optional.of(Map.of()), Set.of());
    }

    private static Problem problem(String profile, RedisDatabase database) {
        return choose(profile, database).toProblem().orElseThrow();
    }

    private static AccessString string(String text) {
        return AccessString.of(text).orElseThrow();
    }

    private static AccessProfileSpec profile(String name, String accessString, AllowedNamespaces namespaces) {
        return new AccessProfileSpec(name, accessString, namespaces);
    }

    private static DatabaseAccessSpec access(FullAccess full, AccessProfileSpec... profiles) {
        return new DatabaseAccessSpec(full, profiles.length == 0 ? null : List.of(profiles), null, null, null, null);
    }

    private static RedisDatabase database(DatabaseAccessSpec access) {
        var database = new RedisDatabase();
        database.setMetadata(new ObjectMetaBuilder().withName("orders-cache").build());
        database.setSpec(new RedisDatabaseSpec("", null, null, null, access));
        return database;
    }
}
