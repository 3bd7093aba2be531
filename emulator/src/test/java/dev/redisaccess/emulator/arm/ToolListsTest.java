package dev.redisaccess.emulator.arm;

import static dev.redisaccess.emulator.testing.LocalAzure.CLUSTER;
import static dev.redisaccess.emulator.testing.LocalAzure.GROUP;
import static dev.redisaccess.emulator.testing.LocalAzure.SUBSCRIPTION;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.testing.LocalAzure;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Requests of tools that are not about the resources themselves. */
class ToolListsTest {

    private final LocalAzure azure = new LocalAzure();
    private final ArmCalls arm = new ArmCalls(azure, "2024-11-01");

    @Test
    void saysWhetherAGroupIsThere() {
        assertThat(arm.status("HEAD", GROUP, "")).isEqualTo(204);
        Response missing = arm.send("HEAD", GROUP + "x", "");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.body()).isEmpty();
    }

    @Test
    void changesAndDeletesAGroupWithWhatIsInIt() {
        arm.send("PATCH", GROUP, "{\"tags\":{\"a\":\"b\"}}");
        assertThat(arm.get(GROUP).at("/tags/a").asText()).isEqualTo("b");
        Response deleted = arm.send("DELETE", GROUP, "");
        assertThat(deleted.status()).isEqualTo(202);
        String result = deleted.headers().get("Location").substring("https://arm.test".length());
        assertThat(azure.arm("GET", result, "").status()).isEqualTo(200);
        assertThat(arm.status("GET", GROUP, "")).isEqualTo(404);
        assertThat(azure.state.redis().clusters()).isEmpty();
        assertThat(azure.state.directory().identities()).isEmpty();
        assertThat(azure.plane.takeCalls()).contains("down orders");
    }

    @Test
    void findsGroupsByTag() {
        arm.send("PUT", SUBSCRIPTION + "/resourceGroups/tagged", "{\"location\":\"eastus\",\"tags\":{\"a\":\"b\"}}");
        String list = SUBSCRIPTION + "/resourceGroups?$filter=tagName%20eq%20'a'%20and%20tagValue%20eq%20'";
        assertThat(arm.names(list + "b'")).containsExactly("tagged");
        assertThat(arm.names(list + "c'")).isEmpty();
        assertThat(arm.status("GET", SUBSCRIPTION + "/resourceGroups?$filter=name%20eq%20'x'", ""))
                .isEqualTo(400);
    }

    @Test
    void listsResourcesByTypeAndGroup() {
        assertThat(arm.names(SUBSCRIPTION + "/resources")).hasSize(2);
        assertThat(arm.names(GROUP + "/resources?$expand=provisioningState&$top=10"))
                .hasSize(2);
        assertThat(arm.get(SUBSCRIPTION
                                + "/resources?$filter=resourceType%20eq%20'Microsoft.Cache/redisEnterprise'"
                                + "%20and%20resourceGroup%20eq%20'SHOP'")
                        .at("/value/0/id")
                        .asText())
                .isEqualTo(CLUSTER);
        assertThat(arm.status("GET", SUBSCRIPTION + "/resources?$filter=plan%20eq%20'x'", ""))
                .isEqualTo(400);
    }

    @Test
    void registersProviders() {
        String compute = SUBSCRIPTION + "/providers/Microsoft.Compute";
        assertThat(arm.get(compute).path("registrationState").asText()).isEqualTo("NotRegistered");
        assertThat(arm.status("POST", compute + "/register", "")).isEqualTo(200);
        assertThat(arm.get(compute).path("registrationState").asText()).isEqualTo("Registered");
        JsonNode cache = arm.get(SUBSCRIPTION + "/providers/Microsoft.Cache");
        assertThat(cache.path("registrationState").asText()).isEqualTo("Registered");
        assertThat(cache.at("/resourceTypes/0/apiVersions/0").asText()).isEqualTo("2026-10-01-preview");
        assertThat(arm.status("GET", SUBSCRIPTION + "/providers/Elsewhere.Cache", ""))
                .isEqualTo(404);
    }

    @Test
    void listsOperationsAndLocations() {
        ArmCalls cache = new ArmCalls(azure, "2025-07-01");
        assertThat(cache.names("/providers/Microsoft.Cache/operations"))
                .contains("Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments/write");
        assertThat(arm.names(SUBSCRIPTION + "/locations")).contains("westus2");
    }

    @Test
    void saysWhenTheParentOfAListIsMissing() {
        ArmCalls cache = new ArmCalls(azure, "2025-07-01");
        assertThat(cache.code("GET", CLUSTER + "x/databases", "")).isEqualTo("ParentResourceNotFound");
    }

    @Test
    void keepsTheQuestionInTheLinkToTheNextPage() {
        LocalAzure small = new LocalAzure(LocalAzure.CONFIG + "pageSize: 1\n", Path.of("nowhere"));
        JsonNode page =
                new ArmCalls(small, "2024-11-01").get(SUBSCRIPTION + "/resources?$filter=resourceGroup%20eq%20'shop'");
        assertThat(page.path("nextLink").asText()).contains("%24filter=resourceGroup%20eq%20%27shop%27");
    }

    @Test
    void saysWhichVersionsAreTooNewForIt() {
        ArmCalls newer = new ArmCalls(azure, "2031-01-01");
        ArmCalls unknown = new ArmCalls(azure, "2025-07-02");
        assertThat(newer.code("GET", CLUSTER, "")).isEqualTo("NoRegisteredProviderFound");
        assertThat(newer.notEmulated("GET", CLUSTER, "")).isTrue();
        assertThat(unknown.code("GET", CLUSTER, "")).isEqualTo("NoRegisteredProviderFound");
        assertThat(unknown.notEmulated("GET", CLUSTER, "")).isFalse();
    }
}
