package dev.redisaccess.operator.telemetry;

import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.DatabaseAccessStatus;
import dev.redisaccess.operator.api.DatabaseReference;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingSpec;
import dev.redisaccess.operator.api.RedisAccessBindingStatus;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.api.RedisDatabaseStatus;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.binding.LaneState;
import dev.redisaccess.operator.binding.port.LaneLoad;
import dev.redisaccess.operator.binding.port.Telemetry;
import dev.redisaccess.operator.binding.port.WorkLoad;
import dev.redisaccess.operator.kubernetes.Repository;
import dev.redisaccess.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What {@code /metrics} serves after each metric was counted once: for the page, and for the queries of rules and dashboards. */
public final class ServedMetrics {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\w+) (\\w+)$");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private ServedMetrics() {}

    /**
     * A family.
     *
     * @param name of its samples, without {@code _bucket}, {@code _sum} and {@code _count}
     */
    public record Family(String name, String type, String help, List<String> labels, List<String> buckets) {}

    public static String text() {
        var metrics = new Metrics("0.1.0");
        metrics.tokenRequested(SECOND, Optional.of(Reason.ENTRA_UNAVAILABLE));
        metrics.verificationEnded(SECOND, Optional.of(Reason.NOT_AUTHORIZED));
        metrics.workStarted(new BindingKey("shop", "orders"), Telemetry.WorkKind.VERIFICATION, SECOND);
        metrics.azureCallEnded(Telemetry.AzureCall.READ_DATABASE, SECOND, Optional.of(Reason.AZURE_UNAVAILABLE));
        metrics.operationSucceeded(LaneState.Kind.GRANT, SECOND);
        metrics.operationFailed(LaneState.Kind.GRANT, Reason.ASSIGNMENT_FAILED);
        metrics.readingEnded(Optional.of(Reason.AZURE_UNAVAILABLE), SECOND);
        metrics.paused(SECOND);
        metrics.becameReady(SECOND);
        metrics.transition("RedisAccessBinding", Finding.of(Reason.READY, ""));
        metrics.statusWritten("RedisAccessBinding");
        metrics.add(new StateMetrics(
                state(true, List.of(database("orders", 2)), List.of(binding("orders", Reason.READY))), clock()));
        metrics.add(new ProcessMetrics(Repository.file("operator/src/test/resources/proc")));
        return metrics.text();
    }

    /** The families, in the order of the text, which is that of their names. */
    public static List<Family> families() {
        String text = text();
        return TYPE.matcher(text).results().map(found -> family(text, found)).toList();
    }

    private static Family family(String text, MatchResult found) {
        String name = found.group(1);
        List<String> samples = text.lines()
                .filter(line -> line.matches(name + "(_bucket|_sum|_count)?[{ ].*"))
                .toList();
        List<String> labels =
                all("[{,](\\w+)=", samples).filter(label -> !label.equals("le")).toList();
        List<String> buckets = all("le=\"([0-9.]+)\"", samples).toList();
        String help = Pattern.compile("(?m)^# HELP " + name + " (.*)$")
                .matcher(text)
                .results()
                .map(line -> line.group(1))
                .findFirst()
                .orElse("");
        return new Family(name, found.group(2), help, labels, buckets);
    }

    private static Stream<String> all(String pattern, List<String> samples) {
        return samples.stream()
                .flatMap(sample -> Pattern.compile(pattern).matcher(sample).results())
                .map(found -> found.group(1))
                .distinct();
    }

    static Clock clock() {
        return Clock.fixed(NOW, ZoneOffset.UTC);
    }

    static ObservedState state(boolean leads, List<RedisDatabase> databases, List<RedisAccessBinding> bindings) {
        return new ObservedState(
                () -> leads,
                new ObservedState.Objects(bindings::stream, databases::stream),
                () -> new WorkLoad(2, 3, Optional.of(NOW.minusSeconds(4))),
                () -> new LaneLoad(1, 5, 6, 1),
                new ObservedState.Certificates(
                        () -> Optional.of(NOW.plusSeconds(60)), () -> Map.of("login.example", NOW.plusSeconds(120))));
    }

    static RedisDatabase database(String name, Integer leftover) {
        var database = new RedisDatabase();
        database.setMetadata(new ObjectMetaBuilder().withName(name).build());
        database.setStatus(new RedisDatabaseStatus(
                1L,
                null,
                null,
                null,
                new DatabaseAccessStatus(null, null, null, null, leftover, null, null),
                conditions(Map.of(ConditionType.READY, Reason.DATABASE_RUNNING))));
        return database;
    }

    /** With Ready of this reason; ConnectionVerified is False if that reason is of a verification. */
    static RedisAccessBinding binding(String database, Reason ready) {
        return binding(
                database,
                conditions(Map.of(
                        ConditionType.READY,
                        ready,
                        ConditionType.CONNECTION_VERIFIED,
                        ready == Reason.READY ? Reason.LOGIN_VERIFIED : ready)));
    }

    static RedisAccessBinding binding(String database, List<Condition> conditions) {
        var binding = new RedisAccessBinding();
        binding.setMetadata(
                new ObjectMetaBuilder().withNamespace("shop").withName("cache").build());
        binding.setSpec(new RedisAccessBindingSpec(
                new DatabaseReference(database), "orders", null, null, null, null, null, null));
        if (conditions != null) {
            binding.setStatus(new RedisAccessBindingStatus(1L, conditions, null, null, null, null, null, null));
        }
        return binding;
    }

    private static List<Condition> conditions(Map<ConditionType, Reason> reasons) {
        return Conditions.of(
                reasons.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> Finding.of(entry.getValue(), ""))),
                1,
                List.of(),
                NOW);
    }
}
