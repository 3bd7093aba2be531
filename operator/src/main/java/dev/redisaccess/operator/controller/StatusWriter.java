package dev.redisaccess.operator.controller;

import dev.redisaccess.operator.api.ApiGroup;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;

/**
 * Writes statuses by server-side apply. The framework keeps the answer until the watch tells the same or something newer;
 * where the watch was faster it keeps it for good (5.3: {@code TemporaryResourceCache.putResource} skips only what is older
 * than the last event), which was measured for two bindings of five. So it is given what the informer's store has anyway, or
 * the answer as the store would keep it.
 */
final class StatusWriter<P extends HasMetadata> {

    private static final PatchContext APPLY = new PatchContext.Builder()
            .withForce(true)
            .withFieldManager(ApiGroup.FIELD_MANAGER)
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .build();

    private final PruningItemStore<P> store;

    /** @param store of the informer of this kind */
    StatusWriter(PruningItemStore<P> store) {
        this.store = store;
    }

    /**
     * Applies it, and returns the object as the API server has it now. It must not be changed.
     *
     * @param withStatus name, namespace and status, and nothing else: all of it is applied
     */
    P apply(P withStatus, Context<P> context) {
        return context.resourceOperations()
                .resourcePatch(
                        withStatus,
                        fresh -> store.kept(context.getClient()
                                .resource(fresh)
                                .subresource("status")
                                .patch(APPLY)),
                        context.eventSourceRetriever().getControllerEventSource());
    }
}
