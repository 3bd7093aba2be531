package dev.redisaccess.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.emulator.http.RequestLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests are classified correctly, or every count is worth nothing. */
class CallsTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final String GROUP = "/apis/redisaccess.dev/v1alpha1";

    @ParameterizedTest
    @CsvSource({
        "GET,   /apis/redisaccess.dev/v1alpha1/redisaccessbindings?limit=500,                 list redisaccessbindings,          false",
        "GET,   /apis/redisaccess.dev/v1alpha1/redisaccessbindings?watch=true,                watch redisaccessbindings,         false",
        "PATCH, /apis/redisaccess.dev/v1alpha1/namespaces/a/redisaccessbindings/b?force=true, patch redisaccessbindings,         true",
        "PATCH, /apis/redisaccess.dev/v1alpha1/namespaces/a/redisaccessbindings/b/status,     patch redisaccessbindings/status,  true",
        "PATCH, /api/v1/namespaces/a/configmaps/b,                                            patch configmaps,                  true",
        "POST,  /apis/events.k8s.io/v1/namespaces/a/events,                                   create events,                     true",
        "POST,  /api/v1/namespaces/a/serviceaccounts/b/token,                                 create serviceaccounts/token,      false",
        "PUT,   /apis/coordination.k8s.io/v1/namespaces/a/leases/b,                           update leases,                     false",
        "POST,  /apis/authorization.k8s.io/v1/selfsubjectaccessreviews,                       create selfsubjectaccessreviews,   false",
        "GET,   /api/v1/namespaces/a,                                                         get namespaces,                    false",
        "PATCH, /api/v1/namespaces/a,                                                         patch namespaces,                  true",
        "GET,   /version,                                                                     get,                               false"
    })
    void distinguishesWritesFromTheRest(String method, String target, String what, boolean write) {
        ApiCall call = ApiCall.ofHttp(NOW, method, target);

        assertThat(call.what().strip()).isEqualTo(what);
        assertThat(call.isWrite()).isEqualTo(write);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, '',                                              CLUSTER,     '',  false",
        "GET, /databases/default,                              DATABASE,    '',  false",
        "GET, /databases/default/accessPolicyAssignments,      ASSIGNMENTS, '',  false",
        "GET, /databases/default/accessPolicyAssignments/AbC,  ASSIGNMENT,  abc, false",
        "PUT, /databases/default/accessPolicyAssignments/abc,  ASSIGNMENT,  abc, true"
    })
    void saysWhatARequestToAzureIsAbout(
            String method, String rest, AzureCall.Subject subject, String name, boolean write) {
        String path = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Cache/redisEnterprise/c" + rest;
        AzureCall call = AzureCall.of(new RequestLog.Entry(NOW, "arm", method, path, 200));

        assertThat(call.subject()).isEqualTo(subject);
        assertThat(call.name()).isEqualTo(name);
        assertThat(call.isArmWrite()).isEqualTo(write);
    }

    @Test
    void readsTheAuditLogAsItGrows(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("audit.log");
        AuditLog audit = new AuditLog(file);
        String patch = line("patch", "ResponseComplete", "status");
        Files.writeString(file, patch + line("watch", "ResponseStarted", "") + patch.substring(0, 20));
        audit.read();
        assertThat(audit.calls().since(Instant.EPOCH)).extracting(ApiCall::verb).containsExactly("patch", "watch");

        Files.writeString(file, patch.substring(20) + line("watch", "ResponseComplete", ""), StandardOpenOption.APPEND);
        audit.read();

        assertThat(audit.calls().since(Instant.EPOCH))
                .extracting(ApiCall::verb)
                .as("half a line is read when it is whole, and a watch counts once")
                .containsExactly("patch", "watch", "patch");
        assertThat(audit.calls().count(NOW, ApiCall::isWrite)).isEqualTo(2);
    }

    private static String line(String verb, String stage, String subresource) {
        return """
                {"stage":"%s","verb":"%s","requestURI":"%s","requestReceivedTimestamp":"%s",\
                "objectRef":{"resource":"redisaccessbindings","subresource":"%s"}}
                """.formatted(stage, verb, GROUP, NOW, subresource);
    }

    @Test
    void runsTheOperatorAsItsImageDoes() {
        Shipped shipped = Shipped.read();

        assertThat(shipped.jvmFlags())
                .contains("-XX:+UseSerialGC", "-XX:MaxRAM=" + shipped.memoryLimitMebibytes() + "m");
        assertThat(shipped.jvmFlags())
                .as("a file of the image is missing without it")
                .noneMatch(AotCache::isFlag);
        assertThat(shipped.aotCache()).isEqualTo("/app/operator.aot");
        assertThat(shipped.environment()).containsKey("MALLOC_ARENA_MAX");
        assertThat(shipped.memoryLimitMebibytes()).isBetween(128, 4096);
    }
}
