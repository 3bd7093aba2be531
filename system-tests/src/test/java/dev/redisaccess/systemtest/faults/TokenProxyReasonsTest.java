package dev.redisaccess.systemtest.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.emulator.tls.CertificateAuthority;
import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Federation;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.systemtest.scenario.BindingView;
import dev.redisaccess.systemtest.scenario.LocalPlatform;
import dev.redisaccess.systemtest.scenario.Tenant;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Identity bindings where the whole installation has, or lacks, something: one operator for each. */
class TokenProxyReasonsTest {

    @TempDir
    Path directory;

    private LocalPlatform platform;

    @AfterEach
    void stop() throws Exception {
        platform.stopOperator();
        platform.closeWithoutOperator();
    }

    @Test
    void withoutATokenProxyABindingThatRequiresItIsRefused() throws Exception {
        platform = new LocalPlatform();
        platform.startWithoutOperator("fast");
        platform.startOperator();

        String message =
                bind("disabled").awaitReason(ConditionType.IDENTITY_RESOLVED, Reason.IDENTITY_BINDINGS_DISABLED);
        assertThat(message).contains("`identityBindings.enabled=true`");
    }

    @Test
    void aProxyOfAnotherAuthorityIsUntrusted() throws Exception {
        Path other = CertificateAuthority.openOrCreate(directory).pemFile();
        platform = LocalPlatform.withTokenProxy(Map.of("AZURE_KUBERNETES_CA_FILE", other.toString()));
        platform.startWithoutOperator("fast");
        platform.startOperator();

        String message = bind("untrusted").awaitReason(ConditionType.IDENTITY_RESOLVED, Reason.TOKEN_PROXY_UNTRUSTED);
        assertThat(message).contains("`AZURE_KUBERNETES_CA_FILE`");
    }

    @Test
    void anIdentityBindingMakesABindingReady() throws Exception {
        platform = LocalPlatform.withTokenProxy(Map.of());
        platform.startWithoutOperator("fast");
        platform.startOperator();
        Tenant tenant = platform.tenant("ready").withDatabase();
        var workload = tenant.identity("orders");
        tenant.serviceAccount("orders", workload.clientId());
        tenant.bindIdentity(workload, "orders");
        tenant.registered().bind("cache", "orders").awaitReady();

        RedisAccessBinding binding = platform.client()
                .resources(RedisAccessBinding.class)
                .inNamespace("ready")
                .withName("cache")
                .get();
        assertThat(binding.getStatus().identity().federation()).isEqualTo(Federation.IDENTITY_BINDING);
    }

    private BindingView bind(String name) {
        Tenant tenant = platform.tenant(name).withDatabase();
        tenant.workload("orders");
        return tenant.registered().bind("cache", "orders", "federation: IdentityBinding");
    }
}
