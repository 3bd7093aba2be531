package dev.redisaccess.systemtest.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.emulator.redis.RedisFault;
import dev.redisaccess.emulator.tls.CertificateAuthority;
import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Reason;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Azure reports Succeeded, but no login works: the broken link on the way to Redis is named. */
@Execution(ExecutionMode.CONCURRENT)
class RedisRefusalsTest {

    @RegisterExtension
    static final LocalPlatform PLATFORM = new LocalPlatform();

    @Test
    void namesTheHostThatRefusesConnections() {
        Tenant tenant = PLATFORM.tenant("refuses").withDatabase();
        String address = "localhost:" + tenant.redis().port();

        expect(tenant, new RedisFault.RefuseConnections(), Reason.CONNECTION_REFUSED, address);
    }

    @Test
    void namesTheAuthorityThatItDoesNotTrust() throws Exception {
        Tenant tenant = PLATFORM.tenant("untrusted").withDatabase();
        CertificateAuthority stranger = CertificateAuthority.openOrCreate(PLATFORM.newDirectory("stranger"));

        expect(
                tenant,
                new RedisFault.ServeCertificate(stranger.serverKeys(List.of("localhost"))),
                Reason.TLS_UNTRUSTED,
                "REDIS_ACCESS_CA_BUNDLE");
    }

    @Test
    void namesTheHostThatTheCertificateIsNotFor() throws Exception {
        Tenant tenant = PLATFORM.tenant("other-name").withDatabase();
        Path state = Path.of(PLATFORM.azure().endpoints().caFile()).getParent();
        CertificateAuthority trusted = CertificateAuthority.openOrCreate(state);

        expect(
                tenant,
                new RedisFault.ServeCertificate(trusted.serverKeys(List.of("orders.elsewhere.example"))),
                Reason.TLS_HOSTNAME_MISMATCH,
                "localhost");
    }

    @Test
    void reportsTheFirstRefusedLoginsAsPropagating() {
        Tenant tenant = PLATFORM.tenant("propagating").withDatabase();

        expect("Unknown", tenant, new RedisFault.RefuseEveryLogin(), Reason.POLICY_PROPAGATING, "Wait");
    }

    @Test
    void saysWhatToCheckWhenAnOldAssignmentIsRefused() {
        Tenant tenant = PLATFORM.tenant("wrongpass").withDatabase();
        String objectId = tenant.workload("orders").objectId();
        tenant.assignedByOthers(objectId, objectId, Optional.empty());

        expect(tenant, new RedisFault.RefuseEveryLogin(), Reason.NOT_AUTHORIZED, objectId);
    }

    /** While it lasts, no ConfigMap appears: a pod starts when its access is verified. */
    private static void expect(Tenant tenant, RedisFault fault, Reason reason, String inMessage) {
        expect("False", tenant, fault, reason, inMessage);
    }

    private static void expect(String status, Tenant tenant, RedisFault fault, Reason reason, String inMessage) {
        tenant.redis().fault(fault);
        tenant.registered();
        if (tenant.assignments().isEmpty()) {
            tenant.workload("orders");
        }
        BindingView binding = tenant.bind("cache", "orders");

        assertThat(binding.awaitNotReady(status, ConditionType.CONNECTION_VERIFIED, reason)
                        .getMessage())
                .contains(inMessage);
        assertThat(binding.configMap("cache")).isEmpty();
        assertThat(binding.condition(ConditionType.ENVIRONMENT_PUBLISHED)
                        .orElseThrow()
                        .getMessage())
                .isEqualTo("This condition waits for `ConnectionVerified`.");

        tenant.redis().clearFaults();
        binding.awaitReady();
        assertThat(binding.configMap("cache")).isPresent();
    }
}
