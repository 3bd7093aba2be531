package dev.redisaccess.operator.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The chart, as helm renders it for a release in the namespace redis-access-system.
 *
 * @param helm the real one
 */
record Chart(Tool helm) {

    static final String RELEASE = "redis-access-operator";
    static final String NAMESPACE = "redis-access-system";

    private static final String KUBERNETES = "1.36.0";

    static Chart withHelmOrSkip() {
        Optional<Path> helm = findHelm();
        Assumptions.assumeTrue(
                helm.isPresent(), "helm is neither on the PATH nor in KUBEBUILDER_ASSETS: the chart is not rendered");
        return new Chart(new Tool(helm.orElseThrow(), Map.of()));
    }

    static Optional<Path> findHelm() {
        Stream<Path> path = Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "helm"));
        return Stream.concat(Assets.fromEnvironment().map(assets -> assets.binary("helm")).stream(), path)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Strict lint; fails with helm's words. */
    String lint(String... values) {
        return helm.run(arguments(KUBERNETES, List.of("lint", "--strict", ChartReadme.CHART.toString()), values));
    }

    /** The manifests as text, or helm's words. */
    Tool.Run render(String... values) {
        return renderFor(KUBERNETES, values);
    }

    /** The manifests for a cluster of another version. */
    Tool.Run renderFor(String kubernetes, String... values) {
        List<String> command = List.of("template", RELEASE, ChartReadme.CHART.toString(), "--namespace", NAMESPACE);
        return helm.call("", arguments(kubernetes, command, values));
    }

    /** The manifests with a file of values. */
    Tool.Run renderWith(Path file, String... values) {
        List<String> command = List.of(
                "template", RELEASE, ChartReadme.CHART.toString(), "--namespace", NAMESPACE, "-f", file.toString());
        return helm.call("", arguments(KUBERNETES, command, values));
    }

    /** The objects. */
    List<HasMetadata> objects(String... values) {
        Tool.Run run = render(values);
        if (!run.succeeded()) {
            throw new AssertionError(run.text());
        }
        List<HasMetadata> objects = new ArrayList<>();
        for (String document : run.text().split("(?m)^---\\s*$")) {
            if (document.contains("kind:")) {
                objects.add(new KubernetesSerialization()
                        .unmarshal(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8))));
            }
        }
        return objects;
    }

    /** The only object of a type. */
    <T extends HasMetadata> T one(Class<T> type, String... values) {
        List<T> found = objects(values).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
        if (found.size() != 1) {
            throw new AssertionError("not one but " + found.size() + " of " + type);
        }
        return found.get(0);
    }

    private static String[] arguments(String kubernetes, List<String> command, String... values) {
        List<String> arguments = new ArrayList<>(command);
        // Without a cluster helm assumes a version of its own.
        arguments.addAll(List.of("--kube-version", kubernetes));
        for (String value : values) {
            arguments.addAll(List.of("--set", value));
        }
        return arguments.toArray(String[]::new);
    }
}
