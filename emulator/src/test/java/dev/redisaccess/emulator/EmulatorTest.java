package dev.redisaccess.emulator;

import static dev.redisaccess.emulator.testing.LocalAzure.DATABASE;
import static dev.redisaccess.emulator.testing.LocalAzure.IDENTITY_CLIENT;
import static dev.redisaccess.emulator.testing.LocalAzure.IDENTITY_OBJECT;
import static dev.redisaccess.emulator.testing.LocalAzure.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.azure.core.credential.TokenCredential;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import dev.redisaccess.emulator.testing.KubernetesIssuer.Claims;
import dev.redisaccess.emulator.testing.LocalAzure;
import dev.redisaccess.emulator.testing.ManagedIdentityProgram;
import io.lettuce.core.RedisConnectionException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The whole emulator with common clients: azure-identity, the JDK's HTTP client, and Lettuce. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmulatorTest {

    private RunningEmulator azure;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        azure = new RunningEmulator(directory);
    }

    @AfterAll
    void stop() {
        azure.close();
    }

    @AfterEach
    void calm() {
        azure.emulator().faults().clear();
    }

    @Test
    void writesWhereEverythingListens() throws IOException {
        JsonNode file = azure.json()
                .readTree(azure.directory().resolve("state/endpoints.json").toFile());
        assertThat(file).isEqualTo(azure.json().valueToTree(azure.atStart()));
        assertThat(file.path("arm").asText()).startsWith("https://localhost:");
        assertThat(file.path("databases").get(0).path("resourceId").asText()).isEqualTo(DATABASE);
        assertThat(file.path("databases").get(0).path("port").asInt()).isPositive();
        assertThat(azure.emulator().endpoints().aligned()).contains("  redis        localhost:");
    }

    @Test
    void letsAWorkloadInWhileItsAssignmentLasts() throws Exception {
        String token = RunningEmulator.redisToken(azure.assertionCredential(Claims.validAt(azure.now())));
        assertThatThrownBy(() -> azure.whoAmI(token))
                .isInstanceOf(RedisConnectionException.class)
                .rootCause()
                .hasMessageStartingWith("WRONGPASS");

        assertThat(azure.arm("PUT", RunningEmulator.ASSIGNMENT, RunningEmulator.BODY)
                        .statusCode())
                .isEqualTo(201);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> azure.state(RunningEmulator.ASSIGNMENT), "Succeeded"::equals);
        assertThat(azure.whoAmI(token)).isEqualTo(IDENTITY_OBJECT);

        HttpResponse<String> deleted = azure.arm("DELETE", RunningEmulator.ASSIGNMENT, "");
        assertThat(deleted.statusCode()).isEqualTo(202);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> azure.arm("GET", RunningEmulator.ASSIGNMENT, "").statusCode() == 404);
        assertThatThrownBy(() -> azure.whoAmI(token)).isInstanceOf(RedisConnectionException.class);
        assertThat(azure.arm("DELETE", RunningEmulator.ASSIGNMENT, "").statusCode())
                .isEqualTo(204);
        String operation = deleted.headers().firstValue("Azure-AsyncOperation").orElseThrow();
        String path = operation.substring(azure.emulator().endpoints().arm().length());
        assertThat(azure.json()
                        .readTree(azure.arm("GET", path, "").body())
                        .path("status")
                        .asText())
                .isEqualTo("Succeeded");
    }

    @Test
    void exchangesTheTokenFileOfAPod() throws IOException {
        Path file = azure.directory().resolve("token");
        Files.writeString(file, azure.cluster().sign(Claims.validAt(azure.now())));
        TokenCredential credential = new WorkloadIdentityCredentialBuilder()
                .tenantId(TENANT)
                .clientId(IDENTITY_CLIENT)
                .tokenFilePath(file.toString())
                .authorityHost(azure.emulator().endpoints().authority())
                .disableInstanceDiscovery()
                .httpClient(azure.http())
                .build();
        assertThat(RunningEmulator.redisToken(credential)).isNotEmpty();
    }

    @Test
    void givesTheSdkTheErrorOfEntra() {
        TokenCredential credential =
                azure.assertionCredential(Claims.validAt(azure.now()).about("system:serviceaccount:a:b"));
        assertThatThrownBy(() -> RunningEmulator.redisToken(credential)).hasStackTraceContaining("AADSTS700213");
    }

    @Test
    void givesAProgramInAzureItsToken() throws Exception {
        assertThat(program(
                        "AZURE_POD_IDENTITY_AUTHORITY_HOST",
                        azure.emulator().endpoints().imds()))
                .isEqualTo(IDENTITY_OBJECT);
        Endpoints.AppServiceEndpoint appService = azure.emulator().endpoints().appService();
        assertThat(program("IDENTITY_ENDPOINT", appService.endpoint(), "IDENTITY_HEADER", appService.header()))
                .isEqualTo(IDENTITY_OBJECT);
    }

    @Test
    void makesADatabaseThroughResourceManager() throws Exception {
        String other = DATABASE.replace("/orders/", "/invoices/");
        String api = "?api-version=" + LocalAzure.API;
        String cluster = other.replace("/databases/default", "");
        assertThat(azure.arm("PUT", cluster + api, "{\"location\":\"westus2\",\"sku\":{\"name\":\"Balanced_B0\"}}")
                        .statusCode())
                .isEqualTo(201);
        await().atMost(Duration.ofSeconds(20)).until(() -> azure.state(cluster + api), "Succeeded"::equals);
        JsonNode created = azure.json()
                .readTree(azure.arm("PUT", other + api, "{\"properties\":{\"clusteringPolicy\":\"NoCluster\"}}")
                        .body());
        assertThat(created.at("/properties/provisioningState").asText()).isEqualTo("Creating");
        assertThat(azure.emulator().redis(other)).get().satisfies(front -> assertThat(front.port())
                .isEqualTo(created.at("/properties/port").asInt()));
        await().atMost(Duration.ofSeconds(20)).until(() -> azure.state(other + api), "Succeeded"::equals);
        assertThat(azure.arm("DELETE", cluster + api, "").statusCode()).isEqualTo(202);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> azure.emulator().redis(other).isEmpty());
    }

    private static String program(String... environment) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ManagedIdentityProgram.class.getName(),
                IDENTITY_CLIENT));
        for (int i = 0; i < environment.length; i += 2) {
            builder.environment().put(environment[i], environment[i + 1]);
        }
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return out.lines().reduce("", (first, last) -> last);
    }
}
