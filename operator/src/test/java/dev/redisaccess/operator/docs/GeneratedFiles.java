package dev.redisaccess.operator.docs;

import dev.redisaccess.operator.PackageRule;
import dev.redisaccess.operator.binding.environment.EnvironmentPage;
import dev.redisaccess.operator.crd.CrdFiles;
import dev.redisaccess.operator.kubernetes.ChartReadme;
import dev.redisaccess.operator.kubernetes.Repository;
import dev.redisaccess.operator.kubernetes.SecurityPage;
import dev.redisaccess.operator.simulation.SchedulingResults;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Every file of the repository that is generated from this module. {@code mvn -Pgenerate} runs the main method. */
public final class GeneratedFiles {

    /** The folders of the CRDs: for {@code kubectl}, and a copy in the chart. */
    static final List<String> CRD_FOLDERS = List.of("crds", "helm/redis-access-operator/files/crds");

    private static final String SECURITY = "docs/security.md";

    private GeneratedFiles() {}

    /** In the order in which they are written: pages are generated from the CRDs in {@code crds/}. */
    static List<GeneratedFile> all() throws IOException {
        List<GeneratedFile> all = new ArrayList<>();
        CrdFiles.generate(GeneratedFile.COMMAND)
                .forEach((name, text) ->
                        CRD_FOLDERS.forEach(folder -> all.add(new GeneratedFile(folder + "/" + name, () -> text))));
        all.add(GeneratedFile.part(
                "docs/architecture.md", "<!-- imports: generated -->\n", "<!-- end -->\n", PackageRule::table));
        all.add(new GeneratedFile("docs/reference/api.md", ApiPage::text));
        all.add(new GeneratedFile("docs/reference/conditions.md", ConditionsPage::text));
        all.add(new GeneratedFile("docs/reference/configuration.md", ConfigurationPage::text));
        all.add(new GeneratedFile(
                "docs/reference/environment.md",
                () -> EnvironmentPage.text(
                        GeneratedFile.notice("the table in dev.redisaccess.operator.binding.environment"))));
        all.add(new GeneratedFile("docs/reference/versions.md", VersionsPage::text));
        all.add(new GeneratedFile("docs/reference/metrics.md", MetricsPage::text));
        all.add(new GeneratedFile("docs/troubleshooting.md", TroubleshootingPage::text));
        all.add(new GeneratedFile("gitops/test/states.yaml", GitOpsStates::text));
        all.add(new GeneratedFile("operator/src/test/resources/golden/scheduling.txt", SchedulingResults::text));
        all.add(GeneratedFile.part(
                "helm/redis-access-operator/Chart.yaml",
                "# icon: generated from docs/icon.svg\n",
                "# end of icon\n",
                () -> "icon: data:image/svg+xml;base64,"
                        + Base64.getEncoder().encodeToString(Files.readAllBytes(Repository.file("docs/icon.svg")))
                        + "\n"));
        all.add(GeneratedFile.part(
                "helm/redis-access-operator/README.md",
                "<!-- values: generated from values.yaml -->\n",
                "<!-- end of values -->\n",
                ChartReadme::table));
        all.addAll(ThirdParty.files());
        all.add(GeneratedFile.part(
                SECURITY,
                "<!-- rules: generated from the chart -->\n",
                "<!-- end of rules -->\n",
                SecurityPage::table));
        return all;
    }

    public static void main(String[] arguments) throws IOException {
        for (GeneratedFile file : all()) {
            if (!file.path().equals(SECURITY) || SecurityPage.isAvailable()) {
                file.write();
            } else {
                System.out.println(
                        file + " was not generated: `helm` is neither on the PATH nor in KUBEBUILDER_ASSETS.");
            }
        }
    }
}
