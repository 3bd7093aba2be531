package dev.redisaccess.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.redisaccess.operator.api.AccessEntry;
import dev.redisaccess.operator.api.AssignmentKind;
import dev.redisaccess.operator.api.DatabaseAccessStatus;
import dev.redisaccess.operator.api.RedisAccessReport;
import dev.redisaccess.operator.api.RedisDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The access review of a running operator with the chart's permissions: what it stores, and who else may write it. */
@OnApiServer
class AccessReportTest {

    private static final String STRANGER = "99999999-0000-0000-0000-000000000001";
    private static final String EXPORT = "99999999-0000-0000-0000-000000000002";
    private static final Duration TWO_REVIEWS = Duration.ofMinutes(3);

    private final ApiServer api;

    AccessReportTest(ApiServer api) {
        this.api = api;
    }

    @Test
    void listsEveryoneAndRestoresWhatOthersDelete() {
        try (OperatorStage stage = new OperatorStage(api)) {
            String database = stage.shop;
            stage.assignAsAnotherClient("by-hand", STRANGER);
            stage.assignAsAnotherClient("export", EXPORT);
            api.kubectl().run("patch", "redisdb", database, "--type=merge", "-p", """
                    {"spec": {"access": {"acknowledged": [
                      {"objectId": "%s", "reason": "nightly export", "owner": "data-team", "until": "2099-12-31"}]}}}
                    """.formatted(EXPORT));
            stage.startOperator("operator-0");
            stage.bind(OperatorStage.NAME);

            await().atMost(TWO_REVIEWS).untilAsserted(() -> assertThat(kinds(database))
                    .isEqualTo(Map.of(
                            OperatorStage.WORKLOAD_OBJECT,
                            AssignmentKind.BOUND,
                            STRANGER,
                            AssignmentKind.UNMANAGED,
                            EXPORT,
                            AssignmentKind.ACKNOWLEDGED)));
            await().atMost(TWO_REVIEWS).untilAsserted(() -> {
                DatabaseAccessStatus counts = database(database).getStatus().access();
                assertThat(counts).isNotNull();
                assertThat(List.of(counts.total(), counts.bound(), counts.acknowledged(), counts.unmanaged()))
                        .containsExactly(3, 1, 1, 1);
            });
            assertThat(database(database).getStatus().conditions()).anySatisfy(condition -> {
                assertThat(condition.getType()).isEqualTo("NoUnmanagedAccess");
                assertThat(condition.getReason()).isEqualTo("UnmanagedAccess");
            });

            RedisAccessReport page = pages(database).get(0);
            String name = page.getMetadata().getName();
            String edit = "{\"report\": {\"entries\": []}}";
            String person = "system:serviceaccount:" + stage.shop + ":orders";
            api.kubectl()
                    .run("create", "clusterrolebinding", stage.shop, "--clusterrole=cluster-admin", "--user=" + person);
            api.awaitPermission(person, "patch", "redisaccessreports");
            Tool.Run edited = api.kubectl().call("", "--as", person, "patch", "rar", name, "--type=merge", "-p", edit);
            assertThat(edited.succeeded()).isFalse();
            assertThat(edited.text()).contains("Only the Redis Access Operator").contains("writes RedisAccessReports.");
            api.kubectl().run("--as", person, "label", "rar", name, "note=kept");

            // A member of system:masters is exempt, as in the status policy: what it edits or deletes is restored.
            api.kubectl().run("patch", "rar", name, "--type=merge", "-p", edit);
            await().atMost(TWO_REVIEWS)
                    .untilAsserted(
                            () -> assertThat(pages(database).get(0).getReport()).isEqualTo(page.getReport()));
            api.kubectl().run("delete", "rar", name);
            await().atMost(TWO_REVIEWS).untilAsserted(() -> assertThat(pages(database))
                    .singleElement()
                    .satisfies(restored -> assertThat(restored.getReport()).isEqualTo(page.getReport())));
        }
    }

    @Test
    void anAuditorReadsAndChangesNothing() {
        try (InstalledChart chart = new InstalledChart(api)) {
            chart.apply("azure.clientId=00000000-0000-0000-0000-0000000000aa");
            String auditor = "auditor-of-" + chart.namespace();
            api.kubectl()
                    .run(
                            "create",
                            "clusterrolebinding",
                            auditor,
                            "--clusterrole=" + chart.namespace() + "-auditor",
                            "--user=" + auditor);
            api.awaitPermission(auditor, "list", "redisaccessreports");
            for (String resource : List.of("redisaccessreports", "redisdatabases", "redisaccessbindings")) {
                assertThat(api.kubectl()
                                .call("", "--as", auditor, "auth", "can-i", "list", resource)
                                .text())
                        .contains("yes");
                for (String verb : List.of("create", "patch", "update", "delete")) {
                    assertThat(api.kubectl()
                                    .call("", "--as", auditor, "auth", "can-i", verb, resource)
                                    .text())
                            .as("%s %s", verb, resource)
                            .contains("no");
                }
            }
            assertThat(chart.mayPerson("view", "list redisaccessreports.redisaccess.dev", "default"))
                    .isFalse();
        }
    }

    @Test
    void anAcknowledgementIsAGuidOnceWithADay() {
        refused("\"objectId\": \"me\"", "must be a GUID in lower case");
        refused("\"objectId\": \"" + EXPORT.replace('9', 'A') + "\"", "must be a GUID in lower case");
        refused("\"objectId\": \"" + EXPORT + "\", \"until\": \"tomorrow!!\"", "must be a date, such as `2027-03-31`");
        String twice = "{\"objectId\": \"%s\", \"reason\": \"a\", \"owner\": \"b\", \"until\": \"2099-01-01\"}"
                .formatted(EXPORT);
        assertThat(apply("[" + twice + ", " + twice + "]").text()).contains("Duplicate value");
        assertThat(apply("[" + twice.replace("2099", "2020") + "]").succeeded())
                .as("a day in the past is admitted")
                .isTrue();
    }

    private void refused(String fields, String message) {
        String until = fields.contains("until") ? "" : ", \"until\": \"2099-01-01\"";
        Tool.Run run = apply("[{" + fields + ", \"reason\": \"a\", \"owner\": \"b\"" + until + "}]");
        assertThat(run.succeeded()).isFalse();
        assertThat(run.text()).contains(message);
    }

    private Tool.Run apply(String acknowledged) {
        return api.kubectl().call("""
                apiVersion: redisaccess.dev/v1alpha1
                kind: RedisDatabase
                metadata: {name: acknowledged}
                spec:
                  resourceId: /subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/shop/providers/Microsoft.Cache/redisEnterprise/orders
                  access: {acknowledged: %s}
                """.formatted(acknowledged), "create", "--dry-run=server", "-f", "-");
    }

    private RedisDatabase database(String name) {
        return api.client().resources(RedisDatabase.class).withName(name).get();
    }

    private List<RedisAccessReport> pages(String database) {
        return api.client()
                .resources(RedisAccessReport.class)
                .withField("report.database", database)
                .list()
                .getItems();
    }

    private Map<String, AssignmentKind> kinds(String database) {
        return pages(database).stream()
                .flatMap(page -> page.getReport().entries().stream())
                .collect(Collectors.toMap(AccessEntry::objectId, AccessEntry::kind));
    }
}
