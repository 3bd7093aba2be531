package dev.redisaccess.kubectl;

import dev.redisaccess.operator.api.IdentityStatus;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingStatus;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What a pod has that differs from what the binding was verified for. Pure. */
final class PodDifferences {

    private static final String USE = "azure.workload.identity/use";

    private PodDifferences() {}

    static List<Chain.Link> of(Pod pod, RedisAccessBinding binding, Optional<ConfigMap> configMap) {
        List<Chain.Link> links = new ArrayList<>();
        links.add(account(pod, binding));
        links.add(label(pod));
        links.add(environment(pod, binding));
        age(pod, configMap).ifPresent(links::add);
        IdentityStatus identity = RedisAccessBindingStatus.of(binding).identity();
        if (identity != null) {
            differs(pod, "AZURE_CLIENT_ID", identity.clientId()).ifPresent(links::add);
            differs(pod, "AZURE_TENANT_ID", identity.tenantId()).ifPresent(links::add);
        }
        return links;
    }

    private static Chain.Link account(Pod pod, RedisAccessBinding binding) {
        String own = Optional.ofNullable(pod.getSpec().getServiceAccountName()).orElse("default");
        String wanted = binding.getSpec().serviceAccountName();
        return own.equals(wanted)
                ? Chain.Link.of(Mark.HOLDS, "ServiceAccount", "runs as " + own)
                : new Chain.Link(
                        Mark.BROKEN,
                        "ServiceAccount",
                        "runs as " + Texts.safe(own) + ", and the binding is for " + wanted,
                        List.of("What to do: set 'serviceAccountName: " + wanted + "' in the pod template."));
    }

    private static Chain.Link label(Pod pod) {
        String value = Optional.ofNullable(pod.getMetadata().getLabels())
                .orElse(Map.of())
                .get(USE);
        return "true".equals(value)
                ? Chain.Link.of(Mark.HOLDS, "Label", USE + " is true")
                : new Chain.Link(
                        Mark.BROKEN,
                        "Label",
                        USE + (value == null ? " is missing" : " is " + Texts.safe(value))
                                + ", so the pod has no token for Entra",
                        List.of("What to do: add the label '" + USE
                                + ": \"true\"' to the pod template, and roll it out."));
    }

    private static Chain.Link environment(Pod pod, RedisAccessBinding binding) {
        String name = Chain.configMapName(binding);
        boolean used = containers(pod).stream()
                .flatMap(container -> Optional.ofNullable(container.getEnvFrom()).orElse(List.of()).stream())
                .map(EnvFromSource::getConfigMapRef)
                .filter(Objects::nonNull)
                .anyMatch(source -> name.equals(source.getName()));
        return used
                ? Chain.Link.of(Mark.HOLDS, "Environment", "from ConfigMap " + name)
                : new Chain.Link(
                        Mark.BROKEN,
                        "Environment",
                        "no container has 'envFrom' with ConfigMap " + name,
                        List.of("What to do: add 'envFrom: [{configMapRef: {name: " + name + "}}]' to the container."));
    }

    /** A container reads its environment once, when it starts. */
    private static Optional<Chain.Link> age(Pod pod, Optional<ConfigMap> configMap) {
        Optional<Instant> changed = configMap.flatMap(PodDifferences::changedAt);
        Optional<Instant> started =
                Optional.ofNullable(pod.getStatus())
                        .map(status -> status.getContainerStatuses())
                        .orElse(List.of())
                        .stream()
                        .map(ContainerStatus::getState)
                        .filter(state -> state != null && state.getRunning() != null)
                        .map(state -> Instant.parse(state.getRunning().getStartedAt()))
                        .min(Instant::compareTo);
        if (changed.isEmpty() || started.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                started.get().isBefore(changed.get())
                        ? new Chain.Link(
                                Mark.BROKEN,
                                "Age",
                                "a container started at " + started.get() + ", and the ConfigMap changed at "
                                        + changed.get() + ": its environment is older",
                                List.of("What to do: restart it, for example with 'kubectl rollout restart'."))
                        : Chain.Link.of(Mark.HOLDS, "Age", "started after the ConfigMap changed last"));
    }

    private static Optional<Instant> changedAt(ConfigMap configMap) {
        Optional<Instant> written =
                Optional.ofNullable(configMap.getMetadata().getManagedFields()).orElse(List.of()).stream()
                        .map(ManagedFieldsEntry::getTime)
                        .filter(Objects::nonNull)
                        .map(Instant::parse)
                        .max(Instant::compareTo);
        return written.or(() -> Optional.ofNullable(configMap.getMetadata().getCreationTimestamp())
                .map(Instant::parse));
    }

    private static Optional<Chain.Link> differs(Pod pod, String variable, String expected) {
        return containers(pod).stream()
                .flatMap(container -> Optional.ofNullable(container.getEnv()).orElse(List.of()).stream())
                .filter(env -> variable.equals(env.getName()))
                .map(EnvVar::getValue)
                .filter(value -> value != null && !value.equalsIgnoreCase(expected))
                .findFirst()
                .map(value -> new Chain.Link(
                        Mark.BROKEN,
                        variable,
                        "is '" + Texts.safe(value) + "' in the pod, and the binding was verified for " + expected,
                        List.of(
                                "What to do: remove the variable from the pod template, or roll the pod out again if the"
                                        + " webhook set it from a former annotation of the ServiceAccount.")));
    }

    private static List<Container> containers(Pod pod) {
        List<Container> all = new ArrayList<>(pod.getSpec().getContainers());
        all.addAll(Optional.ofNullable(pod.getSpec().getInitContainers()).orElse(List.of()));
        return all;
    }
}
