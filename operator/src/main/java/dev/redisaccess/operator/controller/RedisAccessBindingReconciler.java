package dev.redisaccess.operator.controller;

import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingStatus;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.port.WorkLoad;
import dev.redisaccess.operator.controller.pass.BindingPasses;
import dev.redisaccess.operator.controller.pass.BindingsByIdentity;
import dev.redisaccess.operator.controller.pass.PassResult;
import dev.redisaccess.operator.kubernetes.InformerStores;
import dev.redisaccess.operator.kubernetes.PruningItemStore;
import dev.redisaccess.operator.telemetry.TransitionReporter;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reconciles bindings: runs a pass, and acts on its {@link PassResult}. */
public final class RedisAccessBindingReconciler implements Reconciler<RedisAccessBinding>, Cleaner<RedisAccessBinding> {

    private final BindingPasses passes;
    private final InformerClusterView cluster;
    private final TransitionReporter transitions;
    private final Clock clock;
    private final InformerStores<RedisAccessBinding> stores =
            new InformerStores<>(PruningItemStore::binding, this::forget);
    private final StatusWriter<RedisAccessBinding> statuses = new StatusWriter<>(stores);
    private final WakeupEventSource<RedisAccessBinding> wakeups = new WakeupEventSource<>("binding-wakeups");
    private volatile Consumer<String> changed = database -> {};
    private BindingInformers informers;

    /**
     * @param composition of the passes, given what wakes a binding
     * @param cluster gets the informers of this controller
     */
    public RedisAccessBindingReconciler(
            Function<Consumer<BindingKey>, BindingPasses> composition,
            InformerClusterView cluster,
            TransitionReporter transitions,
            Clock clock) {
        this.passes = composition.apply(this::wake);
        this.cluster = cluster;
        this.transitions = transitions;
        this.clock = clock;
    }

    /** The bindings that share an identity. */
    public BindingsByIdentity peers() {
        return passes.peers();
    }

    /** The work of all bindings that waits at this moment. */
    public WorkLoad load() {
        return passes.load().get();
    }

    /** All bindings in the stores of the informers. They must not be changed. */
    public Stream<RedisAccessBinding> stored() {
        return stores.values();
    }

    /** Sets what is called with the name of its database after a status was written, or a binding was released. Once. */
    public void listen(Consumer<String> listener) {
        changed = listener;
    }

    private void notifyOfChange(RedisAccessBinding binding) {
        if (binding.getSpec() != null && binding.getSpec().databaseRef() != null) {
            changed.accept(binding.getSpec().databaseRef().name());
        }
    }

    /** Begins to fill the other informers of this controller; after the registration with the framework. */
    void syncEarly() {
        informers.syncEarly();
    }

    /** Also where its finalizer was removed by hand, which the framework does not report. */
    private void forget(String key) {
        int slash = key.indexOf('/');
        passes.memories().drop(new BindingKey(key.substring(0, slash), key.substring(slash + 1)));
    }

    /** For the informers of this kind. */
    InformerStores<RedisAccessBinding> stores() {
        return stores;
    }

    @Override
    public List<EventSource<?, RedisAccessBinding>> prepareEventSources(
            EventSourceContext<RedisAccessBinding> context) {
        informers = new BindingInformers(context);
        cluster.attach(informers);
        List<EventSource<?, RedisAccessBinding>> sources = new ArrayList<>(informers.sources());
        sources.add(wakeups);
        return sources;
    }

    /** Requests a pass over a binding. */
    private void wake(BindingKey key) {
        wakeups.wake(new ResourceID(key.name(), key.namespace()));
    }

    /** Requests passes after a change of a database, or of these principals' access to it. */
    public void wake(DatabaseId database, Set<ObjectId> principals) {
        passes.peers()
                .concerned(database, principals)
                .map(ResourceID::fromResource)
                .forEach(wakeups::wake);
    }

    @Override
    public UpdateControl<RedisAccessBinding> reconcile(
            RedisAccessBinding binding, Context<RedisAccessBinding> context) {
        transitions.passStarted(binding);
        PassResult result = passes.binding().run(binding);
        write(binding, result, context);
        UpdateControl<RedisAccessBinding> control = UpdateControl.noUpdate();
        return result.nextPass()
                .delay(clock.instant())
                .map(control::rescheduleAfter)
                .orElse(control);
    }

    @Override
    public DeleteControl cleanup(RedisAccessBinding binding, Context<RedisAccessBinding> context) {
        PassResult result = passes.revocation().run(binding);
        if (result.released().isPresent()) {
            transitions.released(binding, result.released().get());
            notifyOfChange(binding);
            passes.peers().withNoticeAbout(binding).forEach(this::wake);
            return DeleteControl.defaultDelete();
        }
        write(binding, result, context);
        DeleteControl control = DeleteControl.noFinalizerRemoval();
        return result.nextPass()
                .delay(clock.instant())
                .map(delay -> control.rescheduleAfter(delay.toMillis()))
                .orElse(control);
    }

    /** Unexpected exceptions only: expected failures are findings of a pass. */
    @Override
    public ErrorStatusUpdateControl<RedisAccessBinding> updateErrorStatus(
            RedisAccessBinding binding, Context<RedisAccessBinding> context, Exception error) {
        if (error instanceof KubernetesClientException) {
            // A write that the API server refused is no fact about the binding. It is retried, and logged by the
            // framework.
            return ErrorStatusUpdateControl.noStatusUpdate();
        }
        return ErrorStatusUpdateControl.patchStatus(
                withStatus(binding, UnexpectedErrorStatus.in(binding, error, clock.instant())));
    }

    /** Server-side apply of the whole status, if it is due. */
    private void write(RedisAccessBinding binding, PassResult result, Context<RedisAccessBinding> context) {
        if (result.write()) {
            RedisAccessBindingStatus before = binding.getStatus();
            wakeups.wakeIfOvertaken(binding, statuses.apply(withStatus(binding, result.status()), context));
            transitions.reported(
                    binding, before, result.status(), result.findings().get(ConditionType.READY));
            notifyOfChange(binding);
        }
    }

    /** A new object: any other field would be applied also, or fail as a conflict. */
    private static RedisAccessBinding withStatus(RedisAccessBinding binding, RedisAccessBindingStatus status) {
        var fresh = new RedisAccessBinding();
        fresh.setMetadata(new ObjectMetaBuilder()
                .withName(binding.getMetadata().getName())
                .withNamespace(binding.getMetadata().getNamespace())
                .build());
        fresh.setStatus(status);
        return fresh;
    }
}
