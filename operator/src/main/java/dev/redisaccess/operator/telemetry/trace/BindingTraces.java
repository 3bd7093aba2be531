package dev.redisaccess.operator.telemetry.trace;

import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.DatabaseReference;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingSpec;
import dev.redisaccess.operator.api.RedisAccessBindingStatus;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.binding.LaneState;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.port.Telemetry;
import dev.redisaccess.operator.status.Conditions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Follows each binding from the moment at which it is not Ready until it is, and makes one trace of that: its steps, and the calls
 * to outside systems within them. Nothing is started at the collector before the trace has ended, so an operator that ends
 * leaves no half of one.
 *
 * <p>Bounded: {@value #MOST_TRACES} bindings at a time, further ones have no trace; {@value #MOST_STEPS} steps of each, and
 * {@value #MOST_CALLS} calls in a step, of which later ones are dropped. A binding that is not Ready after an hour gets the trace
 * of that hour, which ends with its reason as the error, and another one begins. Safe for use by many threads, for none of which
 * it waits.
 */
final class BindingTraces implements Telemetry {

    static final int MOST_TRACES = 1_000;
    static final int MOST_STEPS = 64;
    static final int MOST_CALLS = 64;
    static final Duration LONGEST = Duration.ofHours(1);

    /** Why a binding is not Ready when its trace begins. */
    enum Cause {
        CREATED,
        CHANGED,
        FAILED,
        /** The trace before this one ended without the binding being Ready, or the operator was started since then. */
        CONTINUED
    }

    private final Clock clock;
    private final Consumer<RecordedSpan> ended;

    /** In the order in which they were opened. */
    private final Map<BindingKey, Trace> traces = new LinkedHashMap<>();

    private final Map<Access, Grant> grants = new HashMap<>();

    /** What the calls of this thread belong to. */
    private final ThreadLocal<Calls> current = new ThreadLocal<>();

    /** @param ended gets each trace; must not block */
    BindingTraces(Clock clock, Consumer<RecordedSpan> ended) {
        this.clock = clock;
        this.ended = ended;
    }

    @Override
    public void passStarted(RedisAccessBinding binding) {
        RedisAccessBindingStatus status = RedisAccessBindingStatus.of(binding);
        long generation =
                Optional.ofNullable(binding.getMetadata().getGeneration()).orElse(0L);
        BindingKey key = BindingKey.of(binding);
        if (Conditions.heldAt(status.conditions(), ConditionType.READY, generation)) {
            close(key);
        } else {
            open(key, binding, status, clock.instant());
        }
        overdue().forEach(ended);
    }

    private synchronized void open(
            BindingKey key, RedisAccessBinding binding, RedisAccessBindingStatus status, Instant now) {
        if (!traces.containsKey(key) && traces.size() < MOST_TRACES) {
            traces.put(key, Trace.of(key, binding, status, now));
        }
    }

    /** Ends the traces that have been open for too long. */
    private synchronized List<RecordedSpan> overdue() {
        Instant now = clock.instant();
        List<RecordedSpan> given = new ArrayList<>();
        while (!traces.isEmpty()) {
            Map.Entry<BindingKey, Trace> eldest = traces.entrySet().iterator().next();
            Trace trace = eldest.getValue();
            if (trace.opened.plus(LONGEST).isAfter(now)) {
                break;
            }
            close(eldest.getKey());
            given.add(trace.span(now, Optional.of(trace.reason)));
        }
        return given;
    }

    @Override
    public void statusWritten(RedisAccessBinding binding, Finding ready) {
        written(BindingKey.of(binding), ready).ifPresent(ended);
    }

    private synchronized Optional<RecordedSpan> written(BindingKey key, Finding ready) {
        if (ready.holds()) {
            return close(key).map(trace -> trace.span(clock.instant(), Optional.empty()));
        }
        Trace trace = traces.get(key);
        if (trace != null) {
            trace.reason = ready.reason();
        }
        return Optional.empty();
    }

    @Override
    public void released(BindingKey binding) {
        close(binding);
    }

    private synchronized Optional<Trace> close(BindingKey key) {
        Trace trace = traces.remove(key);
        if (trace == null) {
            return Optional.empty();
        }
        for (Access access : trace.awaited) {
            Grant grant = grants.get(access);
            if (grant != null && grant.since.remove(key) != null && grant.since.isEmpty()) {
                grants.remove(access);
            }
        }
        return Optional.of(trace);
    }

    @Override
    public synchronized void workStarted(BindingKey binding, WorkKind kind, Duration waited) {
        if (traces.containsKey(binding)) {
            Instant now = clock.instant();
            current.set(new Calls(now.minus(waited), now));
        }
    }

    @Override
    public synchronized void workEnded(BindingKey binding, WorkKind kind, Optional<Reason> problem) {
        Calls calls = current.get();
        current.remove();
        Trace trace = traces.get(binding);
        if (calls != null && trace != null) {
            trace.add(calls.step(
                    kind == WorkKind.IDENTIFICATION ? "identify" : "verify", calls.queued, clock.instant(), problem));
        }
    }

    @Override
    public synchronized void grantAwaited(BindingKey binding, DatabaseId database, ObjectId principal) {
        Trace trace = traces.get(binding);
        if (trace != null) {
            var access = new Access(database, principal);
            trace.awaited.add(access);
            grants.computeIfAbsent(access, any -> new Grant()).since.putIfAbsent(binding, clock.instant());
        }
    }

    @Override
    public synchronized void operationStepStarted(DatabaseId database, ObjectId principal, LaneState.Kind kind) {
        Grant grant = kind == LaneState.Kind.GRANT ? grants.get(new Access(database, principal)) : null;
        if (grant != null) {
            Instant now = clock.instant();
            grant.attempt = grant.attempt.or(() -> Optional.of(new Calls(now, now)));
            current.set(grant.attempt.get());
        }
    }

    @Override
    public void operationStepEnded() {
        current.remove();
    }

    @Override
    public synchronized void operationEnded(
            DatabaseId database, ObjectId principal, LaneState.Kind kind, Optional<Reason> problem) {
        Grant grant = kind == LaneState.Kind.GRANT ? grants.get(new Access(database, principal)) : null;
        if (grant == null || grant.attempt.isEmpty()) {
            return;
        }
        Calls attempt = grant.attempt.get();
        Instant now = clock.instant();
        grant.since.forEach((binding, since) -> traces.get(binding).add(attempt.step("grant", since, now, problem)));
        // The lane repeats one that failed; its next attempt begins with the time that it waits for it.
        grant.attempt = Optional.empty();
        grant.since.replaceAll((binding, since) -> now);
        if (problem.isEmpty()) {
            grants.remove(new Access(database, principal));
        }
    }

    @Override
    public void azureCallEnded(AzureCall call, Duration took, Optional<Reason> problem) {
        add("ARM " + text(call), took, problem);
    }

    @Override
    public void tokenCallEnded(TokenCall call, Duration took, Optional<Reason> problem) {
        add((call == TokenCall.TOKEN_EXCHANGE ? "Entra " : "Kubernetes ") + text(call), took, problem);
    }

    @Override
    public void verificationEnded(Duration took, Optional<Reason> problem) {
        add("Redis login", took, problem);
    }

    private void add(String name, Duration took, Optional<Reason> problem) {
        Calls calls = current.get();
        if (calls != null) {
            calls.add(RecordedSpan.call(name, clock.instant(), took, problem));
        }
    }

    /** The bindings and the operations that are followed: tests find leaks by it. */
    synchronized int size() {
        return traces.size() + grants.size();
    }

    private static String text(Enum<?> call) {
        return call.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private record Access(DatabaseId database, ObjectId principal) {}

    /** The operation that grants an access, with all its attempts. */
    private static final class Grant {

        /** The bindings that wait for it, and since when. */
        final Map<BindingKey, Instant> since = new HashMap<>();

        Optional<Calls> attempt = Optional.empty();
    }

    /** The calls of a step. Its thread adds them; a step that continues on another thread was handed over to it. */
    private static final class Calls {

        final Instant queued;
        private final Instant started;
        private final List<RecordedSpan> ended = new ArrayList<>();

        Calls(Instant queued, Instant started) {
            this.queued = queued;
            this.started = started;
        }

        synchronized void add(RecordedSpan call) {
            if (ended.size() < MOST_CALLS) {
                ended.add(call);
            }
        }

        /** A step that was requested at this time; it waited until its first call, and is without those before the request. */
        synchronized RecordedSpan step(String name, Instant requested, Instant now, Optional<Reason> problem) {
            List<RecordedSpan> children = new ArrayList<>();
            if (started.isAfter(requested)) {
                children.add(RecordedSpan.step("queue", requested, started, Optional.empty(), List.of()));
            }
            ended.stream().filter(call -> !call.end().isBefore(requested)).forEach(children::add);
            return RecordedSpan.step(name, requested, now, problem, children);
        }
    }

    /** A binding that is not Ready. */
    private static final class Trace {

        final Instant opened;
        final Set<Access> awaited = new HashSet<>();
        Reason reason = Reason.NOT_ATTEMPTED;
        private final Instant start;
        private final Map<String, String> attributes;
        private final List<RecordedSpan> steps = new ArrayList<>();

        private Trace(Instant opened, Instant start, Map<String, String> attributes) {
            this.opened = opened;
            this.start = start;
            this.attributes = attributes;
        }

        /** What is published stays while a binding lives, so one without was never Ready. */
        static Trace of(BindingKey key, RedisAccessBinding binding, RedisAccessBindingStatus status, Instant now) {
            boolean isNew = status.environment() == null;
            Optional<Instant> since = isNew
                    ? Optional.ofNullable(binding.getMetadata().getCreationTimestamp())
                            .map(Instant::parse)
                    : Conditions.find(status.conditions(), ConditionType.READY)
                            .filter(ready -> !"True".equals(ready.getStatus()))
                            .map(ready -> Instant.parse(ready.getLastTransitionTime()));
            Cause cause = isNew ? Cause.CREATED : since.isPresent() ? Cause.FAILED : Cause.CHANGED;
            Instant start = since.orElse(now);
            if (start.plus(LONGEST).isBefore(now)) {
                start = now;
                cause = Cause.CONTINUED;
            }
            Map<String, String> attributes = new HashMap<>();
            attributes.put("redisaccess.binding.namespace", key.namespace());
            attributes.put("redisaccess.binding.name", key.name());
            attributes.put("redisaccess.cause", text(cause));
            Optional.ofNullable(binding.getSpec())
                    .map(RedisAccessBindingSpec::databaseRef)
                    .map(DatabaseReference::name)
                    .ifPresent(name -> attributes.put("redisaccess.database.name", name));
            return new Trace(now, start, attributes);
        }

        void add(RecordedSpan step) {
            if (steps.size() < MOST_STEPS) {
                steps.add(step);
            }
        }

        RecordedSpan span(Instant end, Optional<Reason> problem) {
            return new RecordedSpan("binding to Ready", false, start, end, problem, attributes, steps);
        }
    }
}
