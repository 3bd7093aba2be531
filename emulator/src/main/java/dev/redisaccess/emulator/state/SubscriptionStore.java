package dev.redisaccess.emulator.state;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** SubscriptionStore and their resource groups. Thread-safe. */
public final class SubscriptionStore {

    /** A resource group. */
    public record ResourceGroup(ArmId id, String location, Map<String, String> tags) {
        public ResourceGroup {
            tags = Map.copyOf(tags);
        }
    }

    private final Map<ArmId, String> subscriptions = new LinkedHashMap<>();
    private final Map<ArmId, ResourceGroup> groups = new LinkedHashMap<>();

    /** Creates the subscription and the resource group of that path, unless they exist. */
    public synchronized void ensureFor(ArmId id, String location) {
        id.subscriptionId().ifPresent(each -> subscriptions.putIfAbsent(ArmId.subscription(each), each));
        id.resourceGroupId()
                .ifPresent(group -> groups.putIfAbsent(group, new ResourceGroup(group, location, Map.of())));
    }

    public synchronized boolean contains(String subscriptionId) {
        return subscriptions.containsKey(ArmId.subscription(subscriptionId));
    }

    public synchronized List<String> all() {
        return List.copyOf(subscriptions.values());
    }

    public synchronized Optional<ResourceGroup> group(ArmId id) {
        return Optional.ofNullable(groups.get(id));
    }

    public synchronized List<ResourceGroup> groups(String subscriptionId) {
        ArmId subscription = ArmId.subscription(subscriptionId);
        return groups.values().stream()
                .filter(each -> each.id().isWithin(subscription))
                .toList();
    }

    /** False when there was none. */
    public synchronized boolean remove(ArmId group) {
        return groups.remove(group) != null;
    }

    /** True when it is new. */
    public synchronized boolean put(ResourceGroup group) {
        return groups.put(group.id(), group) == null;
    }
}
