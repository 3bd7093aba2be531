package dev.redisaccess.emulator.entra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.emulator.state.ArmId;
import dev.redisaccess.emulator.state.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenLifetimesTest {
    private static final String ID = "00000000-0000-0000-0000-000000000001";
    private static final Principal MANAGED = new Principal.ManagedIdentity(
            new ArmId("/subscriptions/" + ID
                    + "/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i"),
            "westus2",
            ID,
            ID,
            List.of());
    private static final Principal APPLICATION = new Principal.ServicePrincipal(ID, ID, Optional.empty(), List.of());

    @Test
    void areThoseOfEntraUnlessConfigured() {
        assertThat(TokenLifetimes.ENTRA.of(MANAGED, "https://redis.azure.com")).isEqualTo(Duration.ofDays(1));
        assertThat(TokenLifetimes.ENTRA.of(APPLICATION, "https://management.azure.com/"))
                .isEqualTo(Duration.ofHours(1));
    }

    @ParameterizedTest
    @CsvSource({
        "600, , https://redis.azure.com, 600",
        "600, 10, https://redis.azure.com, 10",
        "600, 10, https://redis.azure.com/, 10",
        "600, 10, acca5fbb-b7e4-4009-81f1-37e38fd66d78, 10",
        "600, 10, https://management.azure.com/, 600",
        ", 10, https://management.azure.com/, 86400"
    })
    void thoseForRedisCanBeSetApart(Long all, Long redis, String audience, long expected) {
        TokenLifetimes lifetimes = new TokenLifetimes(seconds(all), seconds(redis));
        assertThat(lifetimes.of(MANAGED, audience)).isEqualTo(Duration.ofSeconds(expected));
    }

    private static Optional<Duration> seconds(Long amount) {
        return Optional.ofNullable(amount).map(Duration::ofSeconds);
    }
}
