package dev.redisaccess.operator.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseIdTest {

    private static final String CLUSTER = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/shop"
            + "/providers/Microsoft.Cache/redisEnterprise/orders";

    @ParameterizedTest
    @ValueSource(strings = {"", "/databases/default", "/", "/databases/default/"})
    void namesTheDatabaseWhetherTheClusterOrTheDatabaseIsGiven(String end) {
        DatabaseId id = parsed(CLUSTER + end);
        assertThat(id.path()).isEqualTo(CLUSTER + "/databases/default");
        assertThat(id.clusterPath()).isEqualTo(CLUSTER);
    }

    @Test
    void isTheSameDatabaseInAnyCase() {
        DatabaseId other = parsed(CLUSTER.toUpperCase(java.util.Locale.ROOT));
        assertThat(other).isEqualTo(parsed(CLUSTER)).hasSameHashCodeAs(parsed(CLUSTER));
    }

    @ParameterizedTest
    @CsvSource({
        "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/g/providers/Microsoft.Cache/redis/c,"
                + " CLASSIC_REDIS_NOT_SUPPORTED",
        "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/g/providers/microsoft.cache/Redis/c,"
                + " CLASSIC_REDIS_NOT_SUPPORTED",
        "/subscriptions/not-a-guid/resourceGroups/g/providers/Microsoft.Cache/redisEnterprise/c, INVALID_RESOURCE_ID",
        "/subscriptions/11111111-2222-3333-4444-555555555555/providers/Microsoft.Cache/redisEnterprise/c,"
                + " INVALID_RESOURCE_ID",
        "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/g/providers/Microsoft.Cache/redisEnterprise/"
                + "c/databases/other, INVALID_RESOURCE_ID",
        "orders, INVALID_RESOURCE_ID",
        "'', INVALID_RESOURCE_ID"
    })
    void refusesAnythingElseAndNamesTheField(String text, Reason reason) {
        Problem problem = ((Result.Failed<DatabaseId>) DatabaseId.parse(text)).problem();
        assertThat(problem.reason()).isEqualTo(reason);
        MessageForm.assertKept(problem.message());
        assertThat(problem.message()).contains("`spec.resourceId` must");
    }

    private static DatabaseId parsed(String text) {
        return ((Result.Ok<DatabaseId>) DatabaseId.parse(text)).value();
    }
}
