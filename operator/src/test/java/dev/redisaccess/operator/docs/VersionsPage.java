package dev.redisaccess.operator.docs;

import dev.redisaccess.operator.kubernetes.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Generates docs/reference/versions.md from the files that require, test or limit a version. */
final class VersionsPage {

    private VersionsPage() {}

    static String text() throws IOException {
        String oldest = "1." + found("helm/redis-access-operator/Chart.yaml", "kubeVersion: \">=1\\.(\\d+)\\.");
        String injection = "1."
                + found("helm/redis-access-operator/templates/injection.yaml", "semverCompare \">=1\\.(\\d+)\\.0-0\"");
        List<String> tested = Arrays.stream(found(".github/workflows/api-servers.yml", "version: \\[([^]]+)]")
                        .replace("\"", "")
                        .split(", *"))
                .toList();
        return "# Versions\n\n"
                + GeneratedFile.notice("the chart, the poms and the workflows")
                + """

                | | version | |
                |---|---|---|
                | Kubernetes, required | %s and newer | an older one is refused by the chart, and by the operator with exit code 6 |
                | Kubernetes, in the workflow that tests on real API servers | %s | the operator, its permissions, CRDs and admission policies; the table in the [README](../../README.md#works-with) says which were seen |
                | Kubernetes, tested with real pods | 1.36 | chart, image and applications, by `e2e/run` |
                | Helm | 3.17 and newer | |
                | Java, to build and to run the jars | %s and newer | the image has %s |
                | Azure Managed Redis | every SKU and clustering policy, by Azure's API: not tested on a subscription | Azure Cache for Redis (`Microsoft.Cache/redis`) is another service, and not supported |

                The token issuer of the cluster must be reachable for Entra, whatever the version.

                ## What is missing below %s

                The annotation `redisaccess.dev/env-from` has no effect, because it needs a MutatingAdmissionPolicy. The chart omits it, and
                its notes say so. Write the label and the `envFrom` by hand ([how](../guides/injection.md#on-older-clusters)). Nothing else
                differs.

                From %s to %s nothing is tested: what the operator needs is enabled by default since %s.
                """.formatted(
                                oldest,
                                String.join(", ", tested),
                                found("pom.xml", "<maven.compiler.release>(\\d+)<"),
                                found("operator/pom.xml", "<image>eclipse-temurin:(\\d+)-jre</image>"),
                                injection,
                                oldest,
                                before(tested.get(0)),
                                oldest);
    }

    /** The minor version before. */
    private static String before(String version) {
        return "1." + (Integer.parseInt(version.substring("1.".length())) - 1);
    }

    private static String found(String file, String pattern) throws IOException {
        Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(Repository.file(file)));
        if (!matcher.find()) {
            throw new IllegalStateException("`" + file + "` has no match of `" + pattern + "`");
        }
        return matcher.group(1);
    }
}
