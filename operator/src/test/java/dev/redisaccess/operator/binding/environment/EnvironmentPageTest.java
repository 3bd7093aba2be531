package dev.redisaccess.operator.binding.environment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.redisaccess.operator.api.EnvironmentProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page docs/reference/environment.md is generated from the table. */
class EnvironmentPageTest {

    private static final Path PAGE =
            Path.of(System.getProperty("repository.root"), "docs", "reference", "environment.md");

    private static final String HEAD = """
            # What a pod reads

            <!-- Generated from the table in dev.redisaccess.operator.binding.environment. Do not edit: change the table and run
                 mvn -q test -pl operator -am -Dtest=EnvironmentPageTest -Dsurefire.failIfNoSpecifiedTests=false -Dregenerate=true -->

            A binding's ConfigMap holds these variables. By default its name is the binding's; `spec.environment.configMapName` sets another:

            ```yaml
            envFrom:
            - configMapRef: {name: orders-cache}
            ```

            Nothing in it is secret. There is no password: the workload requests a token from Entra, and that is its password.
            `AZURE_TENANT_ID`, `AZURE_FEDERATED_TOKEN_FILE` and `AZURE_AUTHORITY_HOST` are not in it: the workload identity webhook sets
            them in pods that carry the label `azure.workload.identity/use: "true"`.

            A container reads its environment when it starts: running pods keep the values that they read. The content changes seldom, for example
            with the profiles or the identity. Then roll the pods: `kubectl rollout restart deployment/orders`.

            To automate this, the ConfigMap's annotation `redisaccess.dev/content-hash` changes only with its
            content. A pipeline can put it into the pod template, whose change is a rollout:

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

            The ConfigMap carries the label `redisaccess.dev/binding`, whose value is the UID of its binding. When it is deleted, or
            when its label, its owner or one of these entries is edited, it is restored at once; where it is changed back each
            time, at growing intervals. Entries that others add stay, and reach the pods through `envFrom` as well. One that is
            immutable is replaced. An existing ConfigMap of that name that is not the binding's is never changed: the binding
            reports `ConfigMapNotOwned` until it is gone or `spec.environment.configMapName` names another. One that was restored
            from a backup is adopted, if its content was not edited since it was published. After
            a change of that name the new one is created before the former one is deleted; pods that refer to the former one must be changed
            before they restart.

            With `spec.environment.prefix`, for two caches in one pod, the prefix is put before every name: with `ORDERS_`,
            `REDIS_HOSTNAME` becomes `ORDERS_REDIS_HOSTNAME`.
            """;

    @Test
    void thePageIsWhatTheTableSays() throws IOException {
        String generated = generate();
        if (Boolean.getBoolean("regenerate")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, generated);
        }
        assertThat(Files.readString(PAGE))
                .as("docs/reference/environment.md differs from the table; run with -Dregenerate=true")
                .isEqualTo(generated);
    }

    private static String generate() {
        String core = section("Always", row -> row.profiles().isEmpty());
        String profiles = Arrays.stream(EnvironmentProfile.values())
                .map(profile -> section(
                        "Profile `" + word(profile) + "`", row -> row.profiles().contains(profile)))
                .collect(Collectors.joining());
        return HEAD + core + """

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
