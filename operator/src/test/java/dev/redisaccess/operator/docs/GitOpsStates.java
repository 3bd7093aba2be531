package dev.redisaccess.operator.docs;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.redisaccess.operator.api.BirthStatus;
import dev.redisaccess.operator.api.ConditionStatus;
import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.status.Conditions;
import dev.redisaccess.operator.status.Readiness;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Generates gitops/test/states.yaml: a state for every reason, with which the health of Argo CD and kstatus are tested. */
final class GitOpsStates {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory()
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                    .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS))
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);

    private record State(String name, String ready, Map<String, Object> object) {}

    private GitOpsStates() {}

    static String text() throws IOException {
        List<State> states = new ArrayList<>();
        for (ConditionType link : Readiness.LINKS_WITH_PROFILE) {
            for (Reason reason : Reason.values()) {
                if (reason.condition() == link) {
                    states.add(binding(link, reason));
                }
            }
        }
        for (Reason reason : Reason.values()) {
            if (reason.condition() == ConditionType.DATABASE_RESOLVED) {
                states.add(database(reason));
            }
        }
        for (String kind : List.of("RedisAccessBinding", "RedisDatabase")) {
            Map<ConditionType, Finding> ready = Map.of(ConditionType.READY, Finding.of(Reason.READY, "It is ready."));
            states.add(new State(kind + " that was just created", "Old", object(kind, 1, null, null, ready)));
            states.add(new State(kind + " that was changed", "Old", object(kind, 2, 1L, null, ready)));
            states.add(new State(kind + " that is deleted", "Deleting", object(kind, 2, 1L, NOW.toString(), ready)));
        }
        return "# " + GeneratedFile.generatedFrom("dev.redisaccess.operator.api.Reason") + "\n"
                + YAML.writeValueAsString(states);
    }

    private static State binding(ConditionType link, Reason reason) {
        Map<ConditionType, Finding> reached = new EnumMap<>(ConditionType.class);
        List<ConditionType> steps =
                link == ConditionType.LEAST_PRIVILEGE_VERIFIED ? Readiness.LINKS_WITH_PROFILE : Readiness.LINKS;
        for (ConditionType before : steps.subList(0, steps.indexOf(link))) {
            reached.put(before, Finding.of(Reason.READY, "It holds."));
        }
        reached.put(link, finding(reason));
        if (reached.get(link).holds() || reason.kind() == Reason.Kind.SKIPPED) {
            for (ConditionType after : steps) {
                reached.putIfAbsent(after, Finding.of(Reason.READY, "It holds."));
            }
        }
        Map<ConditionType, Finding> all = Readiness.complete(reached, steps);
        String ready = all.get(ConditionType.READY).status().text();
        return new State("RedisAccessBinding " + reason.text(), ready, object("RedisAccessBinding", 1, 1L, null, all));
    }

    private static State database(Reason reason) {
        Finding ready = finding(reason);
        Map<ConditionType, Finding> all = new LinkedHashMap<>();
        all.put(ConditionType.ENTRA_ONLY, Finding.of(Reason.ACCESS_KEYS_DISABLED, "It holds."));
        all.put(ConditionType.READY, ready);
        return new State(
                "RedisDatabase " + reason.text(), ready.status().text(), object("RedisDatabase", 1, 1L, null, all));
    }

    private static Finding finding(Reason reason) {
        return Finding.of(reason, reason.meaning());
    }

    private static Map<String, Object> object(
            String kind, long generation, Long observed, String deleted, Map<ConditionType, Finding> findings) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", "orders-cache");
        metadata.put("generation", generation);
        metadata.put("deletionTimestamp", deleted);
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("observedGeneration", observed);
        status.put("conditions", observed == null ? atBirth() : Conditions.of(findings, observed, null, NOW));
        return Map.of("apiVersion", "redisaccess.dev/v1alpha1", "kind", kind, "metadata", metadata, "status", status);
    }

    /** As the default of the CRDs has them. */
    private static List<Map<String, String>> atBirth() {
        return List.of(Map.of(
                "type", ConditionType.READY.text(),
                "status", ConditionStatus.UNKNOWN.text(),
                "reason", Reason.NOT_ATTEMPTED.text(),
                "message", BirthStatus.MESSAGE,
                "lastTransitionTime", BirthStatus.TIME));
    }
}
