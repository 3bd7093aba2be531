package dev.redisaccess.kubectl;

import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingStatus;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.binding.ClientIdChoice;
import dev.redisaccess.operator.status.Conditions;
import dev.redisaccess.operator.status.Readiness;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The links of a binding, from the database to the environment of pods, each with what it was found to be. Pure.
 *
 * @param title the binding, and whether it is ready
 * @param ready whether every link holds for the current generation
 * @param links in order
 */
record Chain(String title, boolean ready, List<Link> links) {

    /**
     * A link, or a check of a pod.
     *
     * @param name short, such as the type of a condition
     * @param text what was found
     * @param help what it means and what to do; of broken links only
     */
    record Link(Mark mark, String name, String text, List<String> help) {

        static Link of(Mark mark, String name, String text) {
            return new Link(mark, name, text, List.of());
        }
    }

    /** What was read for a binding. */
    record Facts(
            RedisAccessBinding binding,
            Optional<RedisDatabase> database,
            Optional<ServiceAccount> serviceAccount,
            Optional<ConfigMap> configMap,
            List<Event> events) {}

    static Chain of(Facts facts) {
        RedisAccessBinding binding = facts.binding();
        RedisAccessBindingStatus status = RedisAccessBindingStatus.of(binding);
        long generation =
                Optional.ofNullable(binding.getMetadata().getGeneration()).orElse(0L);
        List<Link> links = new ArrayList<>();
        boolean current = Objects.equals(status.observedGeneration(), generation);
        if (!current) {
            links.add(new Link(
                    Mark.WAITS,
                    "Operator",
                    status.observedGeneration() == null
                            ? "has not processed this binding yet"
                            : "has not processed generation " + generation + " yet; what follows is about generation "
                                    + status.observedGeneration(),
                    List.of("If this lasts for more than some seconds, the platform team checks that the operator runs"
                            + " and watches this namespace.")));
        }
        for (ConditionType type : Readiness.LINKS) {
            links.add(link(type, status, facts));
        }
        boolean ready = current && Conditions.heldAt(status.conditions(), ConditionType.READY, generation);
        String name = binding.getMetadata().getNamespace() + "/"
                + binding.getMetadata().getName();
        boolean deleted = binding.isMarkedForDeletion();
        return new Chain(
                "RedisAccessBinding " + name + (deleted ? " is being deleted" : ready ? " is ready" : " is not ready"),
                ready && !deleted,
                links);
    }

    private static Link link(ConditionType type, RedisAccessBindingStatus status, Facts facts) {
        Optional<Condition> found = Conditions.find(status.conditions(), type);
        if (found.isEmpty()) {
            return Link.of(Mark.WAITS, type.text(), "not evaluated yet");
        }
        Condition condition = found.get();
        Optional<Reason> reason = reason(condition.getReason());
        if ("True".equals(condition.getStatus())) {
            return Link.of(Mark.HOLDS, type.text(), holds(type, status, facts));
        }
        if (reason.filter(known -> known == Reason.NOT_ATTEMPTED || known.kind() == Reason.Kind.SKIPPED)
                .isPresent()) {
            return Link.of(Mark.NOTE, type.text(), Texts.safe(condition.getMessage()));
        }
        List<String> help = new ArrayList<>();
        reason.ifPresent(known -> {
            help.add("What it means: " + plain(known.meaning()));
            help.add("What to do: " + plain(known.remedy()));
            if (known.team() != Reason.Team.NONE) {
                help.add("Who can do it: " + known.team().text());
            }
        });
        help.add("Since " + condition.getLastTransitionTime());
        return new Link(
                "False".equals(condition.getStatus()) ? Mark.BROKEN : Mark.WAITS,
                type.text(),
                condition.getReason() + ": " + Texts.safe(condition.getMessage()),
                help);
    }

    private static String holds(ConditionType type, RedisAccessBindingStatus status, Facts facts) {
        var spec = facts.binding().getSpec();
        String namespace = facts.binding().getMetadata().getNamespace();
        return switch (type) {
            case DATABASE_RESOLVED ->
                "RedisDatabase " + spec.databaseRef().name()
                        + Optional.ofNullable(status.endpoint())
                                .map(endpoint -> " at " + endpoint.host() + ":" + endpoint.port())
                                .orElse("");
            case IDENTITY_RESOLVED ->
                "ServiceAccount " + namespace + "/" + spec.serviceAccountName()
                        + Optional.ofNullable(status.identity())
                                .map(identity ->
                                        " is client " + identity.clientId() + ", object " + identity.objectId())
                                .orElse("");
            case ACCESS_GRANTED ->
                Optional.ofNullable(status.assignment())
                        .map(assignment -> "assignment " + assignment.name() + " ("
                                + String.valueOf(assignment.origin()).toLowerCase(java.util.Locale.ROOT) + ")")
                        .orElse("an assignment exists");
            case CONNECTION_VERIFIED -> "a login as this workload succeeded";
            case ENVIRONMENT_PUBLISHED ->
                "ConfigMap " + namespace + "/" + configMapName(facts.binding())
                        + (facts.configMap().isPresent() ? "" : ", which you may not read or which was deleted");
            default -> "";
        };
    }

    /** The ConfigMap of a binding. */
    static String configMapName(RedisAccessBinding binding) {
        return Optional.ofNullable(binding.getSpec().environment())
                .map(environment -> environment.configMapName())
                .orElse(binding.getMetadata().getName());
    }

    /** What a ServiceAccount is set up for now, which the binding may not have seen yet. */
    static Optional<Link> identityOf(Facts facts) {
        String client = Optional.ofNullable(
                        RedisAccessBindingStatus.of(facts.binding()).identity())
                .map(identity -> identity.clientId())
                .orElse(null);
        String annotated = facts.serviceAccount()
                .map(account -> account.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(ClientIdChoice.ANNOTATION))
                .orElse(null);
        boolean differs = client != null
                && annotated != null
                && facts.binding().getSpec().clientId() == null
                && !client.equalsIgnoreCase(annotated.strip());
        return differs
                ? Optional.of(Link.of(
                        Mark.BROKEN,
                        "ServiceAccount",
                        "has client ID " + Texts.safe(annotated) + ", and the binding was verified for " + client))
                : Optional.empty();
    }

    /** The messages of Events about a binding, the newest of each reason, in order. */
    static List<String> events(List<Event> events) {
        Map<String, Event> newest = new LinkedHashMap<>();
        events.forEach(event -> {
            newest.remove(event.getReason());
            newest.put(event.getReason(), event);
        });
        return newest.values().stream()
                .map(event -> Texts.safe(Objects.requireNonNullElse(event.getLastTimestamp(), "") + " "
                        + event.getType() + " " + event.getReason() + ": " + event.getMessage()))
                .toList();
    }

    private static Optional<Reason> reason(String text) {
        return Arrays.stream(Reason.values())
                .filter(reason -> reason.text().equals(text))
                .findFirst();
    }

    /** Without Markdown's back-quotes around names. */
    private static String plain(String markdown) {
        return markdown.replace("`", "'");
    }
}
