package dev.redisaccess.operator.binding.environment;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.redisaccess.operator.api.EnvironmentProfile;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Generates docs/reference/environment.md from the table. */
public final class EnvironmentPage {

    private static final String HEAD = """
            # Environment variables of a pod

            %s
            A binding's ConfigMap holds these variables. It has the binding's name, unless `spec.environment.configMapName` sets another:

            ```yaml
            envFrom:
            - configMapRef: {name: orders-cache}
            ```

            Nothing in it is secret. There is no password: the workload requests a token from Entra, and uses it as password.
            `AZURE_TENANT_ID`, `AZURE_FEDERATED_TOKEN_FILE` and `AZURE_AUTHORITY_HOST` are not in it: the workload identity webhook sets
            them in pods that have the label `azure.workload.identity/use: "true"`.

            A container reads its environment when it starts: running pods keep the values that they read. The content changes seldom,
            for example with the profiles or the identity. Then roll the pods: `kubectl rollout restart deployment/orders`.

            To automate that, use the ConfigMap's annotation `redisaccess.dev/content-hash`, which changes only with its content. A
            pipeline can put it into the pod template, whose change causes a rollout:

            ```sh
            hash=$(kubectl get configmap orders-cache -o jsonpath='{.metadata.annotations.redisaccess\\.dev/content-hash}')
            kubectl patch deployment orders -p \\
              "{\\"spec\\":{\\"template\\":{\\"metadata\\":{\\"annotations\\":{\\"redisaccess.dev/content-hash\\":\\"$hash\\"}}}}}"
            ```

            Stakater's Reloader, where it is installed, does the same for a Deployment with this annotation:

            ```yaml
            metadata:
              annotations:
                configmap.reloader.stakater.com/reload: orders-cache
            ```

            The ConfigMap has the label `redisaccess.dev/binding` with the UID of its binding. When it is deleted, or when its label,
            its owner or one of these entries is edited, it is restored at once; if it is changed again each time, at growing
            intervals. Entries that others add stay, and are also visible to the pods through `envFrom`. An immutable ConfigMap is
            replaced. An existing ConfigMap of that name that is not the binding's is never changed: the binding reports
            `ConfigMapNotOwned` until it is removed or `spec.environment.configMapName` sets another name. One that was restored from
            a backup is taken over if its content was not edited since it was published. After a change of the name, the new
            ConfigMap is created before the former one is deleted; pods that refer to the former one must be changed before they
            restart.

            With `spec.environment.prefix`, for two caches in one pod, every name begins with the prefix: with `ORDERS_`,
            `REDIS_HOSTNAME` becomes `ORDERS_REDIS_HOSTNAME`.
            """;

    private EnvironmentPage() {}

    /** @param notice the comment at the top of the page */
    public static String text(String notice) {
        String core = section("Always", row -> row.profiles().isEmpty());
        String profiles = Arrays.stream(EnvironmentProfile.values())
                .map(profile -> section(
                        "Profile `" + word(profile) + "`", row -> row.profiles().contains(profile)))
                .collect(Collectors.joining());
        return HEAD.replaceFirst("%s", notice) + core + """

                ## Profiles

                A profile in `spec.environment.profiles` adds the names that other samples and frameworks read, for the same values.
                Several may be chosen: a name has the same value in all of them.
                """ + profiles;
    }

    private static String section(String title, Predicate<Environment.Variable> belongs) {
        List<Environment.Variable> rows =
                Environment.rows().stream().filter(belongs).toList();
        String level = title.startsWith("Profile") ? "###" : "##";
        return "\n" + level + " " + title + "\n\n| variable | value | read by |\n|---|---|---|\n"
                + rows.stream()
                        .map(row -> "| `" + row.name() + "` | " + row.meaning() + " | " + row.readers() + " |\n")
                        .collect(Collectors.joining());
    }

    /** As it is written in a binding. */
    private static String word(EnvironmentProfile profile) {
        return new ObjectMapper().convertValue(profile, String.class);
    }
}
