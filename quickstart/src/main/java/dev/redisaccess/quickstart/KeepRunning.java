package dev.redisaccess.quickstart;

import dev.redisaccess.quickstart.show.Screen;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/** Leaves everything running, prints how to connect, and waits for Ctrl-C. */
final class KeepRunning {
    private final Screen screen;
    private final Stage stage;
    private final Platform platform;

    KeepRunning(Screen screen, Stage stage, Platform platform) {
        this.screen = screen;
        this.stage = stage;
        this.platform = platform;
    }

    void untilInterrupted() {
        Endpoints azure = platform.endpoints();
        screen.heading("Still running", "Ctrl-C ends it");
        line("Redis", azure.redis().address() + " (TLS)");
        line("CA file", azure.caFile().toString());
        line("Entra tokens", azure.authority() + "/" + platform.tenantId() + "/oauth2/v2.0/token");
        line(
                "federated token file",
                stage.directory().resolve("shop-orders.token").toString());
        line("IMDS", "AZURE_POD_IDENTITY_AUTHORITY_HOST=" + azure.imds());
        line(
                "App Service",
                "IDENTITY_ENDPOINT=" + azure.appService().endpoint() + " IDENTITY_HEADER="
                        + azure.appService().header());
        line("ARM", azure.arm());
        line("emulator's control", azure.control());
        line("kubectl", "export KUBECONFIG=" + stage.cluster().kubeconfig());
        line("logs", stage.logs().toString());
        tools(azure);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The commands to use az and Terraform in addition to the operator, with a separate configuration. */
    private void tools(Endpoints azure) {
        LocalAzure.ToolsPrincipal tools = platform.tools();
        line(
                "az",
                "export REQUESTS_CA_BUNDLE=" + azure.caFile() + " AZURE_CORE_INSTANCE_DISCOVERY=false"
                        + " AZURE_CONFIG_DIR=" + stage.directory().resolve("az"));
        line("", "az cloud register -n local --endpoint-resource-manager " + azure.arm() + " && az cloud set -n local");
        line(
                "",
                "az login --service-principal -u " + tools.clientId() + " -p " + tools.secret() + " --tenant "
                        + platform.tenantId());
        line(
                "Terraform",
                "export SSL_CERT_FILE=" + azure.caFile() + " ARM_METADATA_HOSTNAME="
                        + URI.create(azure.arm()).getAuthority() + " ARM_TENANT_ID=" + platform.tenantId());
        line(
                "",
                "export ARM_SUBSCRIPTION_ID=" + platform.subscriptionId() + " ARM_CLIENT_ID=" + tools.clientId()
                        + " ARM_CLIENT_SECRET=" + tools.secret());
    }

    private void line(String name, String value) {
        screen.text(String.format(Locale.ROOT, "  %-22s %s", name, value));
    }
}
