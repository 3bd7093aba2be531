package dev.redisaccess.emulator.state;

import dev.redisaccess.emulator.state.Principal.ManagedIdentity;
import dev.redisaccess.emulator.state.Principal.ServicePrincipal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The principals of the tenant. Thread-safe. */
public final class Directory {

    private final Map<ArmId, ManagedIdentity> identities = new LinkedHashMap<>();
    private final List<ServicePrincipal> servicePrincipals = new ArrayList<>();

    public synchronized void put(ManagedIdentity identity) {
        identities.put(identity.id(), identity);
    }

    public synchronized void add(ServicePrincipal principal) {
        servicePrincipals.add(principal);
    }

    /** False when there was none. */
    public synchronized boolean remove(ArmId identity) {
        return identities.remove(identity) != null;
    }

    public synchronized Optional<ManagedIdentity> identity(ArmId id) {
        return Optional.ofNullable(identities.get(id));
    }

    public synchronized List<ManagedIdentity> identities() {
        return List.copyOf(identities.values());
    }

    public synchronized List<ServicePrincipal> servicePrincipals() {
        return List.copyOf(servicePrincipals);
    }

    /** Every principal, the identities first. */
    public synchronized List<Principal> principals() {
        return Stream.concat(identities.values().stream(), servicePrincipals.stream())
                .map(Principal.class::cast)
                .toList();
    }

    public synchronized Optional<Principal> byClientId(String clientId) {
        return principals().stream()
                .filter(each -> each.clientId().equalsIgnoreCase(clientId))
                .findFirst();
    }

    /** Adds or replaces a federated credential; true when it is new, empty when there is no such identity. */
    public synchronized Optional<Boolean> putCredential(ArmId identity, FederatedCredential credential) {
        return identity(identity).map(before -> {
            List<FederatedCredential> credentials = new ArrayList<>(before.federatedCredentials());
            boolean replaced = credentials.removeIf(each -> each.name().equalsIgnoreCase(credential.name()));
            credentials.add(credential);
            put(before.with(credentials));
            return !replaced;
        });
    }

    /** False when there was none of that name. */
    public synchronized boolean removeCredential(ArmId identity, String name) {
        Optional<ManagedIdentity> before = identity(identity);
        List<FederatedCredential> credentials = new ArrayList<>(
                before.map(ManagedIdentity::federatedCredentials).orElse(List.of()));
        boolean removed = credentials.removeIf(each -> each.name().equalsIgnoreCase(name));
        before.ifPresent(each -> put(each.with(credentials)));
        return removed;
    }

    /** Removes every identity in a resource group. */
    public synchronized void removeGroup(ArmId group) {
        identities.keySet().removeIf(each -> each.isWithin(group));
    }
}
