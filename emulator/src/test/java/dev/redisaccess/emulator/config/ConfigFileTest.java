package dev.redisaccess.emulator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redisaccess.emulator.state.RoleDefinition;
import dev.redisaccess.emulator.testing.LocalAzure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigFileTest {

    @Test
    void readsTheExample() throws ConfigException {
        EmulatorConfig config =
                ConfigFile.read(Path.of(System.getProperty("repository.root"), "emulator", "example.yaml"));
        assertThat(config.timing()).isEqualTo(TimingConfig.FAST);
        assertThat(config.clusters().get(0).databases().get(0).clusteringPolicy())
                .isEqualTo("NoCluster");
        assertThat(config.identities().get(1).roles().get(0).definition())
                .isEqualTo(RoleDefinition.REDIS_ACCESS_OPERATOR);
        assertThat(config.servicePrincipals().get(0))
                .hasToString("ServicePrincipalConfig[77777777-7777-7777-7777-777777777777]");
    }

    @Test
    void replacesSomeDurationsOfTheFastTiming() throws ConfigException {
        EmulatorConfig config = ConfigFile.parse(LocalAzure.CONFIG.replace(
                "timing: recorded", "timing: {assignmentCreateMillis: 5, propagationMillis: 7}"));
        assertThat(config.timing().delays().assignmentCreate()).isEqualTo(Duration.ofMillis(5));
        assertThat(config.timing().delays().propagation()).isEqualTo(Duration.ofMillis(7));
        assertThat(config.timing().delays().assignmentDelete()).isEqualTo(Duration.ofMillis(210));
    }

    @Test
    void readsARoleOfActions() throws ConfigException {
        EmulatorConfig config = ConfigFile.parse(LocalAzure.CONFIG.replace("role: Owner", "role: {actions: [a/read]}"));
        RoleDefinition role = config.servicePrincipals().get(0).roles().get(0).definition();
        assertThat(role.allows("a/read")).isTrue();
        assertThat(role.allows("a/write")).isFalse();
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                change("tenantId: 11111111-1111-1111-1111-111111111111", "tenantId: home", "tenantId: must be a GUID"),
                change("timing: recorded", "timing: slow", "timing: must be one of recorded, fast"),
                change("timing: recorded", "timing: {assignmentMillis: 5}", "timing.assignmentMillis: is not known"),
                change(
                        "timing: recorded",
                        "timing: {propagationMillis: -5}",
                        "timing.propagationMillis: must be milliseconds, 0 or more"),
                change("timing: recorded", "tokenLifetimeSeconds: 0", "tokenLifetimeSeconds: must be 1 to 604800"),
                change(
                        "timing: recorded",
                        "redisTokenLifetimeSeconds: 0",
                        "redisTokenLifetimeSeconds: must be 1 to 604800"),
                change("timing: recorded", "ports: {arm: 70000}", "ports.arm: must be 0 to 65535"),
                change("timing: recorded", "port: 5", "port: is not known; known are bind, clusters"),
                change(
                        "clusteringPolicy: NoCluster",
                        "clusteringPolicy: Cluster",
                        "clusters[0].databases[0].clusteringPolicy: must be one of EnterpriseCluster, OSSCluster,"),
                change(
                        "clusteringPolicy: NoCluster",
                        "policy: NoCluster",
                        "clusters[0].databases[0].policy: is not known"),
                change("clusteringPolicy: NoCluster", "port: many", "clusters[0].databases[0].port: "),
                change(
                        "Microsoft.Cache/redisEnterprise/orders",
                        "Microsoft.Cache/redis/orders",
                        "clusters[0].resourceId: must be /subscriptions/<guid>/resourceGroups/<name>/providers/"),
                change("name: orders, ", "", "identities[0].federatedCredentials[0].name: must be given"),
                change("clientId: 333", "clientId: x333", "identities[0].clientId: must be a GUID"),
                change("role: Owner", "role: King", "servicePrincipals[0].roles[0].role: must be one of Owner"),
                change(
                        "timing: recorded",
                        "faults: [{service: arm, action: {}}]",
                        "faults[0].action: `action` must have exactly one of"),
                change(
                        "timing: recorded",
                        "faults: [{service: arm, action: {aadsts: 700213}}]",
                        "faults[0]: `action.aadsts` must be used with service entra"),
                change("timing: recorded", "faults: [{service: dns}]", "faults[0].service: "),
                change(
                        "timing: recorded",
                        "redisFaults: [{database: /none, fault: loading}]",
                        "redisFaults[0].database: must be the resource id of a database of `clusters`"),
                change(
                        "timing: recorded",
                        "redisFaults: [{database: /none, fault: ignoreCommands}]",
                        "redisFaults[0]: `commands` must be given with denyCommands"));
    }

    private static Arguments change(String from, String to, String message) {
        return Arguments.of(from, to, message);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("refused")
    void namesTheFieldThatItRefuses(String from, String to, String message) {
        assertThat(LocalAzure.CONFIG).contains(from);
        assertThatThrownBy(() -> ConfigFile.parse(LocalAzure.CONFIG.replace(from, to)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("configuration: " + message);
    }

    @Test
    void refusesWhatIsNoYamlAndWhatIsNotThere() {
        assertThatThrownBy(() -> ConfigFile.parse("\ttenantId: {")).hasMessageContaining("is not YAML");
        assertThatThrownBy(() -> ConfigFile.read(Path.of("no-such.yaml")))
                .hasMessage("no-such.yaml: the file does not exist");
    }
}
