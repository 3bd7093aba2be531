package dev.redisaccess.operator.controller.pass;

import static dev.redisaccess.operator.controller.pass.PassFixture.BILLING;
import static dev.redisaccess.operator.controller.pass.PassFixture.OPERATOR;
import static dev.redisaccess.operator.controller.pass.PassFixture.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.ConditionStatus;
import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.EnvironmentSpec;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingSpec;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.binding.Principal;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.ServiceAccountKey;
import dev.redisaccess.operator.binding.TenantId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The verified identity would not be the pod's: nothing is requested from Entra, granted or published. */
class IdentityMismatchTest {

    private static final String CLIENT_ID = "azure.workload.identity/client-id";
    private static final String TENANT_ID = "azure.workload.identity/tenant-id";
    private static final String OTHER_TENANT = "99999999-aaaa-4bbb-8ccc-dddddddddddd";

    private final PassFixture fixture = new PassFixture();
    private final RedisAccessBinding binding = fixture.bind("orders-cache");

    @Test
    void grantsNothingWhileThePodWouldLogInAsAnother() {
        name(ORDERS.clientId().value(), null);
        fixture.serviceAccount("orders", BILLING);

        assertThat(refused(Reason.IDENTITY_MISMATCH))
                .contains(ORDERS.clientId().value(), BILLING.clientId().value(), "`spec.environment.prefix`");
    }

    @Test
    void grantsNothingForAClientIdThatOnlyThePodWouldTakeAsItIs() {
        annotate(CLIENT_ID, ORDERS.clientId() + "\r\n");
        assertThat(refused(Reason.CLIENT_ID_INVALID)).contains(CLIENT_ID, "has a line break at its end");
    }

    @Test
    void grantsNothingWhileThePodWouldLogInAtAnotherTenant() {
        annotate(TENANT_ID, OTHER_TENANT);
        assertThat(refused(Reason.IDENTITY_MISMATCH))
                .contains(TENANT_ID, OTHER_TENANT, ORDERS.tenantId().value());
    }

    /** The application names its identity, but not its tenant. */
    @Test
    void aPrefixDoesNotExemptTheTenant() {
        name(ORDERS.clientId().value(), "ORDERS_");
        annotate(TENANT_ID, "");
        assertThat(refused(Reason.IDENTITY_MISMATCH)).contains(TENANT_ID, "is empty");
    }

    @Test
    void refusesTheOperatorsOwnServiceAccountEvenBeforeItExists() {
        RedisAccessBindingSpec spec = binding.getSpec();
        binding.setSpec(new RedisAccessBindingSpec(
                spec.databaseRef(),
                "redis-access-operator",
                null,
                null,
                spec.verification(),
                spec.environment(),
                spec.deletionPolicy(),
                null));
        assertThat(refused(Reason.OPERATOR_IDENTITY)).contains("`redis-access-operator`");
    }

    @Test
    void refusesTheOperatorsOwnIdentity() {
        annotate(CLIENT_ID, OPERATOR.clientId().orElseThrow().value());
        assertThat(refused(Reason.OPERATOR_IDENTITY))
                .contains(OPERATOR.clientId().orElseThrow().value());
    }

    @Test
    void grantsNothingForATokenOfAnotherIdentityThanWasRequested() {
        fixture.entra = Result.ok(BILLING);
        refusedAfterAnExchange();
    }

    @Test
    void grantsNothingForATokenOfAnotherTenant() {
        fixture.entra = Result.ok(new Principal(ORDERS.clientId(), ORDERS.objectId(), new TenantId(OTHER_TENANT)));
        refusedAfterAnExchange();
    }

    @Test
    void continuesWhenTheAnnotationIsCorrected() {
        annotate(TENANT_ID, OTHER_TENANT);
        refused(Reason.IDENTITY_MISMATCH);

        fixture.serviceAccount("orders", ORDERS);

        assertThat(fixture.makeReady(binding)
                        .findings()
                        .get(ConditionType.READY)
                        .holds())
                .isTrue();
        assertThat(fixture.published).hasSize(1);
    }

    @Test
    void leavesWhatIsPublishedAndGrantedWhenTheyPartLater() {
        name(ORDERS.clientId().value(), null);
        fixture.makeReady(binding);

        fixture.serviceAccount("orders", BILLING);
        PassResult report = fixture.pass(binding);

        assertThat(report.findings().get(ConditionType.READY).reason()).isEqualTo(Reason.IDENTITY_MISMATCH);
        assertThat(report.status().environment().configMapName()).isEqualTo("orders-cache");
        assertThat(fixture.removed).isEmpty();
        assertThat(fixture.azure.revoked).isEmpty();
    }

    @Test
    void leavesTheChoiceToTheApplicationIfTheVariablesHaveAPrefix() {
        name(ORDERS.clientId().value(), "ORDERS_");
        fixture.serviceAccount("orders", BILLING);

        PassResult report = fixture.makeReady(binding);

        assertThat(report.findings().get(ConditionType.READY).holds()).isTrue();
        assertThat(fixture.published.get(0).variables())
                .containsEntry("ORDERS_AZURE_CLIENT_ID", ORDERS.clientId().value());
    }

    @Test
    void acceptsUpperCase() {
        name(ORDERS.clientId().value().toUpperCase(Locale.ROOT), null);
        annotate(TENANT_ID, ORDERS.tenantId().value().toUpperCase(Locale.ROOT));

        assertThat(fixture.makeReady(binding)
                        .findings()
                        .get(ConditionType.READY)
                        .holds())
                .isTrue();
    }

    /** Before any token is requested. */
    private String refused(Reason reason) {
        Finding resolved = fixture.pass(binding).findings().get(ConditionType.IDENTITY_RESOLVED);
        assertThat(resolved.status()).isEqualTo(ConditionStatus.FALSE);
        assertThat(resolved.reason()).isEqualTo(reason);
        assertThat(fixture.work).isEmpty();
        assertThat(fixture.azure.granted).isEmpty();
        assertThat(fixture.published).isEmpty();
        return resolved.message();
    }

    private void refusedAfterAnExchange() {
        PassResult report = fixture.makeReady(binding);
        assertThat(report.findings().get(ConditionType.IDENTITY_RESOLVED).reason())
                .isEqualTo(Reason.IDENTITY_MISMATCH);
        assertThat(fixture.azure.granted).isEmpty();
        assertThat(fixture.published).isEmpty();
    }

    private void annotate(String annotation, String value) {
        var account = fixture.cluster.serviceAccounts.get(new ServiceAccountKey("shop", "orders"));
        Map<String, String> annotations = new HashMap<>(account.getMetadata().getAnnotations());
        annotations.put(annotation, value);
        account.getMetadata().setAnnotations(annotations);
    }

    private void name(String clientId, String prefix) {
        RedisAccessBindingSpec spec = binding.getSpec();
        binding.setSpec(new RedisAccessBindingSpec(
                spec.databaseRef(),
                spec.serviceAccountName(),
                clientId,
                null,
                spec.verification(),
                new EnvironmentSpec(null, null, prefix, null),
                spec.deletionPolicy(),
                null));
    }
}
