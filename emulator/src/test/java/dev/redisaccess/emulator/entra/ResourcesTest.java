package dev.redisaccess.emulator.entra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourcesTest {

    private final Resources resources = new Resources(List.of("localhost", "127.0.0.1", "::1", "azure.test"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://localhost:8443",
                "https://localhost:8443/",
                "https://LOCALHOST:1",
                "https://[::1]:8443/",
                "https://azure.test",
                "https://management.azure.com/",
                "https://management.core.windows.net"
            })
    void acceptsItsOwnUrlForArm(String audience) {
        assertThat(resources.isArm(audience)).isTrue();
        assertThat(resources.audienceFor(audience)).contains(audience);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://localhost:8443/graph",
                "http://localhost:8443",
                "https://elsewhere.test:8443",
                "https://localhost.elsewhere.test",
                "https://redis.azure.com",
                "localhost",
                "https://local host"
            })
    void acceptsNothingElseForArm(String audience) {
        assertThat(resources.isArm(audience)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://localhost:8443/graph", "https://graph.microsoft.com/"})
    void acceptsThePathBelowItForGraph(String audience) {
        assertThat(resources.isGraph(audience)).isTrue();
    }
}
