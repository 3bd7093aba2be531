package dev.redisaccess.systemtest.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mistakes in Kubernetes objects: each is named, and once it is corrected the binding becomes Ready automatically. */
@Execution(ExecutionMode.CONCURRENT)
class BadInputTest {

    @RegisterExtension
    static final LocalPlatform PLATFORM = new LocalPlatform();

    @Test
    void waitsForADatabaseThatIsNotRegistered() {
        Tenant tenant = PLATFORM.tenant("not-registered").withDatabase();
        tenant.workload("orders");
        BindingView binding = tenant.bind("cache", "orders");

        Condition condition = binding.awaitFailure(ConditionType.DATABASE_RESOLVED, Reason.DATABASE_NOT_FOUND);
        assertThat(condition.getMessage()).contains("not-registered", "register it", "`spec.databaseRef.name`");
        assertThat(binding.condition(ConditionType.ACCESS_GRANTED).orElseThrow().getReason())
                .isEqualTo("NotAttempted");

        tenant.registered();
        binding.awaitReady();
    }

    @Test
    void waitsForANamespaceToBeAdded() {
        Tenant tenant = PLATFORM.tenant("not-allowed").withDatabase();
        tenant.workload("orders");
        tenant.register(tenant.cluster().text(), "{names: [elsewhere]}");
        BindingView binding = tenant.bind("cache", "orders");

        Condition condition = binding.awaitFailure(ConditionType.DATABASE_RESOLVED, Reason.NAMESPACE_NOT_ALLOWED);
        assertThat(condition.getMessage()).contains("namespace `not-allowed`", "`spec.allowedNamespaces`");

        tenant.register(tenant.cluster().text(), "{names: [elsewhere, not-allowed]}");
        binding.awaitReady();
    }

    @Test
    void waitsForTheLabelThatASelectorRequires() {
        Tenant tenant = PLATFORM.tenant("not-labelled").withDatabase();
        tenant.workload("orders");
        tenant.register(tenant.cluster().text(), "{selector: {matchLabels: {team: orders}}}");
        BindingView binding = tenant.bind("cache", "orders");

        binding.awaitFailure(ConditionType.DATABASE_RESOLVED, Reason.NAMESPACE_NOT_ALLOWED);

        PLATFORM.apply("""
                apiVersion: v1
                kind: Namespace
                metadata: {name: not-labelled, labels: {team: orders}}
                """);
        binding.awaitReady();
    }

    @ParameterizedTest
    @CsvSource({
        "classic-id, /subscriptions/%s/resourceGroups/shop/providers/Microsoft.Cache/redis/orders,"
                + " CLASSIC_REDIS_NOT_SUPPORTED, Microsoft.Cache/redisEnterprise",
        "malformed-id, /subscriptions/%s/orders, INVALID_RESOURCE_ID, resourceGroups/{group}"
    })
    void saysWhatAResourceIdMustLookLike(String name, String id, Reason reason, String advice) {
        Tenant tenant = PLATFORM.tenant(name).withDatabase();
        tenant.workload("orders");
        tenant.register(id.formatted(LocalPlatform.SUBSCRIPTION), "{names: [" + name + "]}");
        BindingView binding = tenant.bind("cache", "orders");

        Condition condition = binding.awaitFailure(ConditionType.DATABASE_RESOLVED, reason);
        assertThat(condition.getMessage()).contains("RedisDatabase `" + name + "`", "`spec.resourceId`", advice);

        tenant.unregister(); // the id can't be changed
        tenant.awaitUnregistered();
        tenant.registered();
        binding.awaitReady();
    }

    @Test
    void waitsForTheServiceAccount() {
        Tenant tenant = PLATFORM.tenant("no-account").withDatabase().registered();
        BindingView binding = tenant.bind("cache", "orders");

        Condition condition = binding.awaitFailure(ConditionType.IDENTITY_RESOLVED, Reason.SERVICE_ACCOUNT_NOT_FOUND);
        assertThat(condition.getMessage())
                .contains("`spec.serviceAccountName`", "`no-account`", "`orders`", "Create it");

        tenant.workload("orders");
        binding.awaitReady();
    }

    @Test
    void requiresAClientId() {
        Tenant tenant = PLATFORM.tenant("no-client-id").withDatabase().registered();
        PLATFORM.apply("""
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: orders, namespace: no-client-id}
                """);
        BindingView binding = tenant.bind("cache", "orders");

        Condition condition = binding.awaitFailure(ConditionType.IDENTITY_RESOLVED, Reason.CLIENT_ID_MISSING);
        assertThat(condition.getMessage()).contains("`orders`", "azure.workload.identity/client-id", "`spec.clientId`");

        tenant.workload("orders");
        binding.awaitReady();
    }

    @Test
    void takesAClientIdFromTheBindingWhenTheServiceAccountHasNone() {
        Tenant tenant = PLATFORM.tenant("own-client-id").withDatabase().registered();
        PLATFORM.apply("""
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: orders, namespace: own-client-id}
                """);
        var identity = tenant.identity("orders");
        tenant.federate(identity, "orders");

        BindingView binding = tenant.bind("cache", "orders", "clientId: " + identity.clientId());

        binding.awaitReady();
        assertThat(binding.status().orElseThrow().identity().objectId()).isEqualTo(identity.objectId());
    }

    @Test
    void refusesAClientIdThatIsNoGuid() {
        Tenant tenant = PLATFORM.tenant("no-guid").withDatabase().registered();
        tenant.serviceAccount("orders", "orders-identity");
        BindingView binding = tenant.bind("cache", "orders");

        Condition condition = binding.awaitFailure(ConditionType.IDENTITY_RESOLVED, Reason.CLIENT_ID_INVALID);
        assertThat(condition.getMessage())
                .contains("azure.workload.identity/client-id", "`orders`", "GUID", "not its name");

        tenant.workload("orders");
        binding.awaitReady();
    }

    @Test
    void namesAnIdentityThatIsNotInTheTenant() {
        Tenant tenant = PLATFORM.tenant("no-identity").withDatabase().registered();
        String unknown = UUID.randomUUID().toString();
        tenant.serviceAccount("orders", unknown);
        BindingView binding = tenant.bind("cache", "orders");

        Condition condition = binding.awaitFailure(ConditionType.IDENTITY_RESOLVED, Reason.IDENTITY_NOT_FOUND);
        assertThat(condition.getMessage()).contains(unknown, "AADSTS700016");

        tenant.workload("orders");
        binding.awaitReady();
    }

    @Test
    void namesTheBindingThatHasTheConfigMap() {
        Tenant tenant = PLATFORM.tenant("same-config-map").withDatabase().registered();
        tenant.workload("orders");
        tenant.bind("first", "orders", "environment: {configMapName: env}").awaitReady();
        BindingView second = tenant.bind("second", "orders", "environment: {configMapName: env}");

        Condition condition = second.awaitFailure(ConditionType.ENVIRONMENT_PUBLISHED, Reason.CONFIG_MAP_NOT_OWNED);
        assertThat(condition.getMessage())
                .contains("`env`", "belongs to RedisAccessBinding `first`", "`spec.environment.configMapName`");

        tenant.bind("second", "orders", "environment: {configMapName: second-env, prefix: SECOND_}");
        second.awaitReady();
    }

    @Test
    void namesTheBindingWhoseVariablesHaveTheSameNames() {
        Tenant tenant = PLATFORM.tenant("same-variables").withDatabase().registered();
        tenant.workload("orders");
        BindingView older = tenant.bind("older", "orders");
        older.awaitReady();
        BindingView second = tenant.bind("second", "orders");
        second.awaitReady();

        assertThat(published(second))
                .contains(
                        "Binding `older` of the same ServiceAccount",
                        "`spec.environment.prefix` of the two must differ");
        assertThat(published(older)).doesNotContain("second");

        tenant.bind("second", "orders", "environment: {prefix: SECOND_}");
        BindingView.patiently("no notice")
                .untilAsserted(() -> assertThat(published(second)).doesNotContain("older"));
    }

    private static String published(BindingView binding) {
        return binding.condition(ConditionType.ENVIRONMENT_PUBLISHED)
                .orElseThrow()
                .getMessage();
    }
}
