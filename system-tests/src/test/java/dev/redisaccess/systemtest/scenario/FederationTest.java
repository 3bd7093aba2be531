package dev.redisaccess.systemtest.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.emulator.state.Principal.ManagedIdentity;
import dev.redisaccess.kubernetes.EmbeddedKubernetes;
import dev.redisaccess.launcher.OperatorEnvironment;
import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Federated credentials that do not fit the ServiceAccount's token: Entra's code is reported, and the value that must
 * be there.
 */
@Execution(ExecutionMode.CONCURRENT)
class FederationTest {

    @RegisterExtension
    static final LocalPlatform PLATFORM = new LocalPlatform();

    @Test
    void namesTheCredentialThatIsMissing() {
        Tenant tenant = PLATFORM.tenant("no-credential").withDatabase().registered();
        ManagedIdentity identity = identityOfOrders(tenant);

        expect(tenant.bind("cache", "orders"), tenant, identity, Reason.FEDERATION_NOT_MATCHED, "AADSTS70021:");
    }

    @Test
    void namesTheIssuerThatDoesNotFit() {
        Tenant tenant = PLATFORM.tenant("other-issuer").withDatabase().registered();
        ManagedIdentity identity = identityOfOrders(tenant);
        tenant.federate(identity, EmbeddedKubernetes.ISSUER + "/", "system:serviceaccount:other-issuer:orders");

        expect(tenant.bind("cache", "orders"), tenant, identity, Reason.FEDERATION_ISSUER_MISMATCH, "AADSTS700211:");
    }

    @Test
    void namesTheSubjectThatDoesNotFit() {
        Tenant tenant = PLATFORM.tenant("other-subject").withDatabase().registered();
        ManagedIdentity identity = identityOfOrders(tenant);
        tenant.federate(identity, "another");

        expect(tenant.bind("cache", "orders"), tenant, identity, Reason.FEDERATION_SUBJECT_MISMATCH, "AADSTS700213:");
    }

    private static ManagedIdentity identityOfOrders(Tenant tenant) {
        ManagedIdentity identity = tenant.identity("orders");
        tenant.serviceAccount("orders", identity.clientId());
        return identity;
    }

    /** The message has the three values to write into the credential; with that credential the binding continues. */
    private static void expect(
            BindingView binding, Tenant tenant, ManagedIdentity identity, Reason reason, String code) {
        assertThat(binding.awaitFailure(ConditionType.IDENTITY_RESOLVED, reason).getMessage())
                .contains(
                        code,
                        identity.clientId(),
                        "`" + EmbeddedKubernetes.ISSUER + "`",
                        "`system:serviceaccount:" + tenant.name() + ":orders`",
                        OperatorEnvironment.AUDIENCE);
        assertThat(tenant.armWrites()).isEmpty();

        tenant.federate(identity, "orders");

        binding.awaitReady();
    }
}
