package dev.redisaccess.operator.controller;

import dev.redisaccess.operator.api.ApiGroup;
import dev.redisaccess.operator.api.DatabaseReference;
import dev.redisaccess.operator.api.EnvironmentSpec;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingSpec;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.DatabaseResolution;
import dev.redisaccess.operator.binding.ServiceAccountKey;
import dev.redisaccess.operator.kubernetes.PruningItemStore;
import dev.redisaccess.operator.threads.Threads;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.PrimaryToSecondaryMapper;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The informers of the binding controller, and which bindings each event concerns. Every informer keeps only the fields that
 * are read, and passes on only changes of those.
 */
final class BindingInformers {

    private static final Logger LOG = LoggerFactory.getLogger(BindingInformers.class);

    static final String BY_DATABASE = "by-database";

    /** Of registrations: each pass looks them up, and without an index the cost would grow with their number. */
    static final String BY_RESOURCE_ID = "by-resource-id";

    /** Of ConfigMaps that have another name than their binding: by its namespace and name. */
    static final String BY_OWNER = "by-owner";

    /** Of bindings: by one of {@link #ACCOUNT_SETS}. A set for each ServiceAccount takes more memory than what is in it. */
    private static final String BY_SERVICE_ACCOUNT = "by-service-account";

    private static final int ACCOUNT_SETS = 1024;

    /** Of bindings whose ConfigMap has another name than they: by its namespace and name. */
    private static final String BY_CONFIG_MAP = "by-config-map";

    /** Every ConfigMap that the operator publishes has it; the value does not matter. */
    private static final String PUBLISHED = ApiGroup.BINDING_LABEL;

    /**
     * Objects on a page of a LIST. A page is filtered while it is received; but a tenant can make each object more than a
     * megabyte, and the API server has to send a page within the timeout of a call. With many pages the operator and the API
     * server wait for each other.
     */
    static final long PAGE = 250;

    /** Passes look up by name or by index. Without this the framework keeps sets of the same, for each binding and informer. */
    private static final PrimaryToSecondaryMapper<RedisAccessBinding> NO_SECONDARY_LOOKUP = binding -> Set.of();

    private final IndexerResourceCache<RedisAccessBinding> bindings;
    private final InformerEventSource<RedisDatabase, RedisAccessBinding> databases;
    private final InformerEventSource<ServiceAccount, RedisAccessBinding> serviceAccounts;
    private final InformerEventSource<Namespace, RedisAccessBinding> namespaces;
    private final InformerEventSource<ConfigMap, RedisAccessBinding> configMaps;

    BindingInformers(EventSourceContext<RedisAccessBinding> context) {
        bindings = context.getPrimaryCache();
        bindings.addIndexers(Map.of(
                BY_DATABASE, BindingInformers::databaseKeys,
                BY_SERVICE_ACCOUNT, BindingInformers::accountKeys,
                BY_CONFIG_MAP, BindingInformers::configMapKeys));
        databases = databases(context);
        databases.addIndexers(Map.of(BY_RESOURCE_ID, BindingInformers::indexKeys));
        serviceAccounts = serviceAccounts(context);
        namespaces = namespaces(context);
        configMaps = configMaps(context);
        configMaps.addIndexers(Map.of(BY_OWNER, configMap -> ownerKeys(configMap)));
    }

    private InformerEventSource<RedisDatabase, RedisAccessBinding> databases(
            EventSourceContext<RedisAccessBinding> context) {
        return new InformerEventSource<>(
                InformerEventSourceConfiguration.from(RedisDatabase.class, RedisAccessBinding.class)
                        .withName("redis-databases")
                        .withWatchAllNamespaces()
                        .withItemStore(new PruningItemStore<>(PruningItemStore::database))
                        .withInformerListLimit(PAGE)
                        .withPrimaryToSecondaryMapper(NO_SECONDARY_LOOKUP)
                        .withOnUpdateFilter((now, before) -> !Objects.equals(
                                now.getMetadata().getGeneration(),
                                before.getMetadata().getGeneration()))
                        .withSecondaryToPrimaryMapper(database -> ids(bindings.byIndex(
                                BY_DATABASE, database.getMetadata().getName())))
                        .build(),
                context);
    }

    private InformerEventSource<ServiceAccount, RedisAccessBinding> serviceAccounts(
            EventSourceContext<RedisAccessBinding> context) {
        return new InformerEventSource<>(
                StorePerInformer.in(
                        InformerEventSourceConfiguration.from(ServiceAccount.class, RedisAccessBinding.class)
                                .withName("service-accounts")
                                .withNamespacesInheritedFromController()
                                .withInformerListLimit(PAGE)
                                .withPrimaryToSecondaryMapper(NO_SECONDARY_LOOKUP)
                                .withOnUpdateFilter(
                                        (now, before) -> !identity(now).equals(identity(before)))
                                .withSecondaryToPrimaryMapper(account -> ids(bindingsOf(new ServiceAccountKey(
                                        account.getMetadata().getNamespace(),
                                        account.getMetadata().getName()))))
                                .build(),
                        () -> new PruningItemStore<>(PruningItemStore::serviceAccount)),
                context);
    }

    private InformerEventSource<Namespace, RedisAccessBinding> namespaces(
            EventSourceContext<RedisAccessBinding> context) {
        return new InformerEventSource<>(
                InformerEventSourceConfiguration.from(Namespace.class, RedisAccessBinding.class)
                        .withName("namespaces")
                        .withWatchAllNamespaces()
                        .withItemStore(new PruningItemStore<>(PruningItemStore::namespace))
                        .withInformerListLimit(PAGE)
                        .withPrimaryToSecondaryMapper(NO_SECONDARY_LOOKUP)
                        .withOnUpdateFilter((now, before) -> !Objects.equals(
                                now.getMetadata().getLabels(),
                                before.getMetadata().getLabels()))
                        .withSecondaryToPrimaryMapper(namespace -> ids(bindings.byIndex(
                                Cache.NAMESPACE_INDEX, namespace.getMetadata().getName())))
                        .build(),
                context);
    }

    private InformerEventSource<ConfigMap, RedisAccessBinding> configMaps(
            EventSourceContext<RedisAccessBinding> context) {
        return new InformerEventSource<>(
                StorePerInformer.in(
                        InformerEventSourceConfiguration.from(ConfigMap.class, RedisAccessBinding.class)
                                .withName("config-maps")
                                .withNamespacesInheritedFromController()
                                .withLabelSelector(PUBLISHED)
                                .withInformerListLimit(PAGE)
                                .withPrimaryToSecondaryMapper(NO_SECONDARY_LOOKUP)
                                .withSecondaryToPrimaryMapper(this::concerned)
                                .build(),
                        () -> new PruningItemStore<>(PruningItemStore::configMap)),
                context);
    }

    private static List<String> indexKeys(RedisDatabase registered) {
        return DatabaseResolution.idOf(registered).fold(id -> List.of(indexKey(id)), problem -> List.of());
    }

    /** Equal for ids that name the same database. */
    static String indexKey(DatabaseId database) {
        return database.path().toLowerCase(Locale.ROOT);
    }

    List<EventSource<?, RedisAccessBinding>> sources() {
        return List.of(databases, serviceAccounts, namespaces, configMaps);
    }

    /**
     * Begins to fill these informers while the framework still fills that of the bindings, which it starts first and waits for.
     * The framework's own start of each waits for this one, and tries again, and reports, what failed here.
     */
    void syncEarly() {
        ExecutorService threads = Threads.bounded("sync", sources().size());
        sources()
                .forEach(source -> threads.execute(() -> {
                    try {
                        source.start();
                    } catch (RuntimeException e) {
                        LOG.debug("The informer {} could not be started early", source.name(), e);
                    }
                }));
        threads.shutdown();
    }

    IndexerResourceCache<RedisAccessBinding> bindings() {
        return bindings;
    }

    InformerEventSource<RedisDatabase, RedisAccessBinding> databases() {
        return databases;
    }

    InformerEventSource<ServiceAccount, RedisAccessBinding> serviceAccounts() {
        return serviceAccounts;
    }

    InformerEventSource<Namespace, RedisAccessBinding> namespaces() {
        return namespaces;
    }

    InformerEventSource<ConfigMap, RedisAccessBinding> configMaps() {
        return configMaps;
    }

    /** The bindings of a workload. */
    List<RedisAccessBinding> bindingsOf(ServiceAccountKey account) {
        return bindings.byIndex(BY_SERVICE_ACCOUNT, accountSet(account)).stream()
                .filter(binding -> accountOf(binding).equals(account))
                .toList();
    }

    private static ServiceAccountKey accountOf(RedisAccessBinding binding) {
        return new ServiceAccountKey(
                binding.getMetadata().getNamespace(), binding.getSpec().serviceAccountName());
    }

    private static String accountSet(ServiceAccountKey account) {
        return Integer.toString(Math.floorMod(account.hashCode(), ACCOUNT_SETS));
    }

    private static Set<ResourceID> ids(List<RedisAccessBinding> bindings) {
        return bindings.stream().map(ResourceID::fromResource).collect(Collectors.toSet());
    }

    private static Set<ResourceID> owners(ConfigMap configMap) {
        return configMap.getMetadata().getOwnerReferences().stream()
                .filter(owner -> HasMetadata.getKind(RedisAccessBinding.class).equals(owner.getKind()))
                .map(owner ->
                        new ResourceID(owner.getName(), configMap.getMetadata().getNamespace()))
                .collect(Collectors.toSet());
    }

    /** Its owners; and the bindings that publish under its name, in case that its owner reference was removed. */
    private Set<ResourceID> concerned(ConfigMap configMap) {
        String name = configMap.getMetadata().getName();
        String namespace = configMap.getMetadata().getNamespace();
        Set<ResourceID> concerned = new HashSet<>(owners(configMap));
        ResourceID sameName = new ResourceID(name, namespace);
        bindings.get(sameName).ifPresent(binding -> concerned.add(sameName));
        concerned.addAll(ids(bindings.byIndex(BY_CONFIG_MAP, namespace + "/" + name)));
        return concerned;
    }

    private static List<String> databaseKeys(RedisAccessBinding binding) {
        return specOf(binding)
                .map(RedisAccessBindingSpec::databaseRef)
                .map(DatabaseReference::name)
                .map(List::of)
                .orElse(List.of());
    }

    private static List<String> accountKeys(RedisAccessBinding binding) {
        return specOf(binding)
                .map(RedisAccessBindingSpec::serviceAccountName)
                .map(name -> List.of(accountSet(accountOf(binding))))
                .orElse(List.of());
    }

    /** Absent if the binding was stored under a definition that did not require one: an index must not fail then. */
    private static Optional<RedisAccessBindingSpec> specOf(RedisAccessBinding binding) {
        return Optional.ofNullable(binding.getSpec());
    }

    private static List<String> configMapKeys(RedisAccessBinding binding) {
        return specOf(binding)
                .map(RedisAccessBindingSpec::environment)
                .map(EnvironmentSpec::configMapName)
                .filter(name -> !name.equals(binding.getMetadata().getName()))
                .map(name -> List.of(binding.getMetadata().getNamespace() + "/" + name))
                .orElse(List.of());
    }

    /** Nearly all have the name of their binding, and are found by it: an index of those would be a set for each. */
    private static List<String> ownerKeys(ConfigMap configMap) {
        return owners(configMap).stream()
                .filter(owner -> !owner.getName().equals(configMap.getMetadata().getName()))
                .map(owner -> ownerKey(new BindingKey(owner.getNamespace().orElseThrow(), owner.getName())))
                .toList();
    }

    static String ownerKey(BindingKey binding) {
        return binding.namespace() + "/" + binding.name();
    }

    /** What the store keeps of the annotations: those that the workload identity webhook copies into pods. */
    private static Map<String, String> identity(ServiceAccount account) {
        return Optional.ofNullable(account.getMetadata().getAnnotations()).orElse(Map.of());
    }
}
