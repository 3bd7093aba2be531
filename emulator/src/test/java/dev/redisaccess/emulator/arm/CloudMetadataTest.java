package dev.redisaccess.emulator.arm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.testing.LocalAzure;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloudMetadataTest {

    private static final Pattern HOST = Pattern.compile("https?://([^/\"]+)");

    private final LocalAzure azure = new LocalAzure();

    @ParameterizedTest
    @ValueSource(strings = {"2019-05-01", "2020-06-01", "2022-08-31"})
    void listsCloudsInTheMiddleVersions(String version) throws IOException {
        JsonNode clouds = get(version);
        assertThat(clouds.isArray()).isTrue();
        assertThat(clouds.get(0).path("resourceManager").asText()).isEqualTo("https://arm.test/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2022-09-01", "2023-11-01"})
    void isOneCloudInTheNewestVersions(String version) throws IOException {
        JsonNode cloud = get(version);
        assertThat(cloud.path("name").asText()).isNotEmpty();
        assertThat(cloud.path("resourceManager").asText()).isEqualTo("https://arm.test/");
        assertThat(cloud.at("/authentication/loginEndpoint").asText()).isEqualTo("https://login.test/");
        assertThat(cloud.at("/authentication/audiences/0").asText()).isEqualTo("https://arm.test/");
        assertThat(cloud.path("microsoftGraphResourceId").asText()).isEqualTo("https://arm.test/graph");
        assertThat(cloud.at("/suffixes/mhsmDns").asText()).isEqualTo("mhsmdns.arm.test");
    }

    @Test
    void isFlatInTheOldestVersions() throws IOException {
        assertThat(get("2015-01-01").path("authentication").has("tenant")).isFalse();
        assertThat(get("2018-01-01").at("/authentication/tenant").asText()).isEqualTo("common");
        assertThat(get("2018-01-01").at("/cloudEndpoint/public/endpoint").asText())
                .isEqualTo("arm.test");
        assertThat(get("2015-01-01").path("portalEndpoint").asText()).startsWith("https://arm.test/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2015-01-01", "2018-01-01", "2019-05-01", "2022-09-01"})
    void leadsNowhereElse(String version) throws IOException {
        List<String> hosts = HOST.matcher(get(version).toString())
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
        assertThat(hosts).isSubsetOf("https://arm.test", "https://login.test");
        assertThat(get(version).toString()).doesNotContain("windows.net", "azure.com", "microsoft.com");
    }

    @Test
    void isFoundWithTwoSlashes() {
        assertThat(azure.arm("GET", "//metadata/endpoints?api-version=2022-09-01", "", Optional.empty())
                        .status())
                .isEqualTo(200);
    }

    private JsonNode get(String version) throws IOException {
        Response response = azure.arm("GET", "/metadata/endpoints?api-version=" + version, "", Optional.empty());
        assertThat(response.status()).isEqualTo(200);
        return new ObjectMapper().readTree(response.body());
    }
}
