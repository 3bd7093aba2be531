package dev.redisaccess.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestTest {

    @ParameterizedTest
    @CsvSource({
        "//metadata/endpoints?api-version=1, /metadata/endpoints",
        "//tenant/oauth2/v2.0/token, /tenant/oauth2/v2.0/token",
        "///a//b/, /a/b",
        "https://localhost:1/a/b?c=d, /a/b",
        "http://localhost, /",
        "/a%20b/c+d, /a b/c+d"
    })
    void keepsEverySegmentOfThePath(String target, String path) {
        assertThat(request(target).path()).isEqualTo(path);
    }

    @Test
    void keepsTheTargetAsItWasSent() {
        Request request = request("//a%2Fb?$filter=x%20eq%20'y'&api-version=1");
        assertThat(request.target()).isEqualTo("//a%2Fb?$filter=x%20eq%20'y'&api-version=1");
        assertThat(request.query()).isEqualTo(Map.of("$filter", "x eq 'y'", "api-version", "1"));
    }

    private static Request request(String target) {
        return Request.of("GET", target, Map.of(), new byte[0]);
    }
}
