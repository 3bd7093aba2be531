package dev.redisaccess.operator.controller;

import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingStatus;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.Finding;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.controller.pass.BindingMemoryStore;
import dev.redisaccess.operator.controller.pass.BindingPass;
import dev.redisaccess.operator.controller.pass.Peers;
import dev.redisaccess.operator.controller.pass.Report;
import dev.redisaccess.operator.controller.pass.ReportPolicy;
import dev.redisaccess.operator.controller.pass.RevocationPass;
import dev.redisaccess.operator.telemetry.Transitions;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The framework's edge of bindings: hands each one to a pass, writes what came of it, and asks to be called again. */
public final class RedisAccessBindingReconciler implements Reconciler<RedisAccessBinding>, Cleaner<RedisAccessBinding> {

    /** While a deletion waits for something that nothing wakes it for. */
    private static final Duration DELETION_POLL = Duration.ofSeconds(30);

    private final BindingPass pass;
    private final RevocationPass revocation;
    private final BindingMemoryStore memories;
    private final Peers peers;
    private final InformerClusterView cluster;
    private final Transitions transitions;
    private final Clock clock;
    private final PruningItemStore<RedisAccessBinding> store = new PruningItemStore<>(PruningItemStore::binding);
    private final StatusWriter<RedisAccessBinding> statuses = new StatusWriter<>(store);
    private final WakeupEventSource<RedisAccessBinding> wakeups = new WakeupEventSource<>("binding-news");

    public RedisAccessBindingReconciler(
            BindingPass pass,
            RevocationPass revocation,
            BindingMemoryStore memories,
            Peers peers,
            InformerClusterView cluster,
            Transitions transitions,
            Clock clock) {
        this.pass = pass;
        this.revocation = revocation;
        this.memories = memories;
        this.peers = peers;
        this.cluster = cluster;
        this.transitions = transitions;
        this.clock = clock;
    }

    /** Where the informer of this kind has to keep what it sees. */
    PruningItemStore<RedisAccessBinding> store() {
        return store;
    }

    @Override
    public List<EventSource<?, RedisAccessBinding>> prepareEventSources(
            EventSourceContext<RedisAccessBinding> context) {
        var informers = new BindingInformers(context);
        cluster.attach(informers);
        List<EventSource<?, RedisAccessBinding>> sources = new ArrayList<>(informers.sources());
        sources.add(wakeups);
        return sources;
    }

    /** A check of this binding has ended. */
    public void wake(BindingKey key) {
        wakeups.wake(new ResourceID(key.name(), key.namespace()));
    }

    /** Something about a database, or about these principals on it, has changed. */
    public void wake(DatabaseId database, Set<ObjectId> concerned) {
        var bindings = concerned.isEmpty() ? peers.bindingsOf(database) : peers.concerned(database, concerned);
        bindings.map(ResourceID::fromResource).forEach(wakeups::wake);
    }

    @Override
    public UpdateControl<RedisAccessBinding> reconcile(
            RedisAccessBinding binding, Context<RedisAccessBinding> context) {
        Report report = pass.run(binding);
        var key = BindingKey.of(binding);
        Instant now = clock.instant();
        Optional<Instant> postponed = ReportPolicy.postpone(binding.getStatus(), report, memories.of(key), now);
        if (postponed.isEmpty()) {
            write(binding, report, context);
        }
        UpdateControl<RedisAccessBinding> control = UpdateControl.noUpdate();
        return Stream.concat(postponed.stream(), report.lookAgain().stream())
                .min(Comparator.naturalOrder())
                .map(at -> control.rescheduleAfter(untilAtLeastAMoment(now, at)))
                .orElse(control);
    }

    @Override
    public DeleteControl cleanup(RedisAccessBinding binding, Context<RedisAccessBinding> context) {
        RevocationPass.Result result = revocation.run(binding);
        if (result.released().isPresent()) {
            transitions.released(binding, result.released().get());
            memories.drop(BindingKey.of(binding));
            return DeleteControl.defaultDelete();
        }
        write(binding, result.report(), context);
        Duration wait = result.report()
                .lookAgain()
                .map(at -> untilAtLeastAMoment(clock.instant(), at))
                .orElse(DELETION_POLL);
        return DeleteControl.noFinalizerRemoval().rescheduleAfter(wait.toMillis());
    }

    /** Only what could not be foreseen comes here: expected failures are findings of a pass. */
    @Override
    public ErrorStatusUpdateControl<RedisAccessBinding> updateErrorStatus(
            RedisAccessBinding binding, Context<RedisAccessBinding> context, Exception error) {
        if (error instanceof KubernetesClientException) {
            // A write that Kubernetes did not take says nothing about the binding. It is tried again; the log has it.
            return ErrorStatusUpdateControl.noStatusUpdate();
        }
        return ErrorStatusUpdateControl.patchStatus(
                withStatus(binding, UnexpectedErrorStatus.in(binding, error, clock.instant())));
    }

    /** Server-side apply of the whole status, and only if it differs. */
    private void write(RedisAccessBinding binding, Report report, Context<RedisAccessBinding> context) {
        RedisAccessBindingStatus before = binding.getStatus();
        memories.of(BindingKey.of(binding)).reported();
        if (report.status().equals(before)) {
            return;
        }
        wakeups.wakeIfOvertaken(binding, statuses.apply(withStatus(binding, report.status()), context));
        Finding ready = report.findings().get(ConditionType.READY);
        transitions.reported(binding, before, report.status(), ready);
    }

    /** A fresh object: anything else that it carried would be applied too, or fail as a conflict. */
    private static RedisAccessBinding withStatus(RedisAccessBinding binding, RedisAccessBindingStatus status) {
        var fresh = new RedisAccessBinding();
        fresh.setMetadata(new ObjectMetaBuilder()
                .withName(binding.getMetadata().getName())
                .withNamespace(binding.getMetadata().getNamespace())
                .build());
        fresh.setStatus(status);
        return fresh;
    }

    private static Duration untilAtLeastAMoment(Instant now, Instant at) {
        Duration wait = Duration.between(now, at);
        return wait.compareTo(Duration.ofMillis(50)) > 0 ? wait : Duration.ofMillis(50);
    }
}
