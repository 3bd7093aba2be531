package dev.redisaccess.operator.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.javaoperatorsdk.operator.api.config.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.config.ResolvedControllerConfiguration;
import io.javaoperatorsdk.operator.api.config.informer.InformerConfiguration;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration.DefaultInformerEventSourceConfiguration;
import java.util.function.Supplier;

/**
 * The configuration of informers that each have a store of their own. The framework (5.3) creates an informer for each watched namespace,
 * and gives the one store of the configuration to all of them; it asks for the store once for each informer.
 */
final class StorePerInformer<R extends HasMetadata> extends InformerConfiguration<R> {

    private final Supplier<? extends ItemStore<R>> stores;

    private StorePerInformer(InformerConfiguration<R> of, Supplier<? extends ItemStore<R>> stores) {
        super(
                of.getResourceClass(),
                of.getName(),
                of.getNamespaces(),
                of.getFollowControllerNamespaceChanges(),
                of.getLabelSelector(),
                of.getOnAddFilter(),
                of.getOnUpdateFilter(),
                of.getOnDeleteFilter(),
                of.getGenericFilter(),
                null,
                of.getInformerListLimit(),
                of.getFieldSelector(),
                of.isComparableResourceVersions(),
                of.getGhostResourceCacheCheckInterval());
        this.stores = stores;
    }

    @Override
    public ItemStore<R> getItemStore() {
        return stores.get();
    }

    /** The same controller, whose informers have these stores. */
    static <P extends HasMetadata> ControllerConfiguration<P> in(
            ControllerConfiguration<P> controller, Supplier<? extends ItemStore<P>> stores) {
        InformerConfiguration<P> informers = new StorePerInformer<>(controller.getInformerConfig(), stores);
        return new ResolvedControllerConfiguration<>(controller) {
            @Override
            public InformerConfiguration<P> getInformerConfig() {
                return informers;
            }
        };
    }

    /** The same event source, whose informers have these stores. */
    static <R extends HasMetadata> InformerEventSourceConfiguration<R> in(
            InformerEventSourceConfiguration<R> source, Supplier<? extends ItemStore<R>> stores) {
        return new DefaultInformerEventSourceConfiguration<>(
                source.getGroupVersionKind().orElse(null),
                source.getPrimaryToSecondaryMapper(),
                source.getSecondaryToPrimaryMapper(),
                new StorePerInformer<>(source.getInformerConfig(), stores),
                source.getKubernetesClient().orElse(null)) {};
    }
}
