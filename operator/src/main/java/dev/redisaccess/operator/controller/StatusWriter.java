package dev.redisaccess.operator.controller;

import dev.redisaccess.operator.api.ApiGroup;
import dev.redisaccess.operator.kubernetes.InformerStores;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;

/**
 * Writes statuses with server-side apply. The framework keeps the response until the watch delivers the same or a newer
 * version; where the watch was faster it keeps it forever (5.3: {@code TemporaryResourceCache.putResource} skips only what is
 * older than the last event), which was measured for two bindings of five. So the framework gets the object that the
 * informer's store has, or the response as the store would keep it.
 */
final class StatusWriter<P extends HasMetadata> {

    private static final PatchContext APPLY = new PatchContext.Builder()
            .withForce(true)
            .withFieldManager(ApiGroup.FIELD_MANAGER)
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .build();

    private final InformerStores<P> stores;

    /** @param stores of the informers of this kind */
    StatusWriter(InformerStores<P> stores) {
        this.stores = stores;
    }

    /**
     * Applies the status, and returns the object as the API server has it now, which must not be changed.
     *
     * @param withStatus name, namespace and status, and nothing else: all of it is applied
     */
    P apply(P withStatus, Context<P> context) {
        return context.resourceOperations()
                .resourcePatch(
                        withStatus,
                        fresh -> stores.kept(context.getClient()
                                .resource(fresh)
                                .subresource("status")
                                .patch(APPLY)),
                        context.eventSourceRetriever().getControllerEventSource());
    }
}
