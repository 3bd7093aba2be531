package dev.redisaccess.systemtest.kills;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.emulator.state.Assignment;
import dev.redisaccess.emulator.state.Principal.ManagedIdentity;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.systemtest.scenario.BindingView;
import dev.redisaccess.systemtest.scenario.LocalPlatform;
import dev.redisaccess.systemtest.scenario.Tenant;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Actions of users meanwhile: bindings are applied, changed and deleted, identities exchanged; and the state that must
 * result.
 */
final class UserActions {

    private static final int ACCOUNTS = 4;

    /** At most so many at once: enough to queue in the lane, few enough to settle soon. */
    private static final int BINDINGS = 8;

    private final LocalPlatform platform;
    private final Tenant tenant;
    private final Random random;
    private final List<ManagedIdentity> identities = new ArrayList<>();
    /** Account → identity that its annotation names. */
    private final Map<String, ManagedIdentity> accounts = new TreeMap<>();
    /** Binding → the name of its ConfigMap. */
    private final Map<String, String> live = new TreeMap<>();

    private final Map<String, String> accountOf = new HashMap<>();
    private final List<String> actions = new ArrayList<>();
    private int names;

    UserActions(LocalPlatform platform, Tenant tenant, Random random) {
        this.platform = platform;
        this.tenant = tenant;
        this.random = random;
        for (int i = 0; i < ACCOUNTS; i++) {
            String account = "account-" + i;
            ManagedIdentity identity = tenant.identity("identity-" + i);
            identities.add(identity);
            exchange(account, identity);
        }
    }

    /** One action of a user. */
    void next() {
        int what = random.nextInt(10);
        if (live.isEmpty() || what < 4 && live.size() < BINDINGS) {
            bind("binding-" + names++);
        } else if (what < 7) {
            delete(anyBinding());
        } else if (what < 9) {
            rename(anyBinding());
        } else {
            exchangeAny();
        }
    }

    /** Does what makes the operator reach a point, if that needs an action. */
    void cause(KillPoint point) {
        // An expression, so that the compiler demands a case for a new point.
        Runnable action =
                switch (point) {
                    case FINALIZER_SET, STATUS_WRITTEN, PUBLISHED, READY -> () -> bind("binding-" + names++);
                    case PUT_ARRIVES, PUT_ACCEPTED -> this::bindAnotherIdentity;
                    case DELETE_ARRIVES, DELETE_ACCEPTED -> this::deleteAllOfOneIdentity;
                    case ANY, LEASE_TAKEN -> this::next;
                };
        action.run();
    }

    private void bindAnotherIdentity() {
        unusedAccount()
                .ifPresentOrElse(
                        account -> bind("binding-" + names++, account),
                        () -> exchangeIfRecorded(anyAccount(), tenant.identity("identity-" + names++)));
    }

    private Optional<String> unusedAccount() {
        Set<String> used = wanted();
        return accounts.keySet().stream()
                .filter(account -> !used.contains(accounts.get(account).objectId()))
                .findFirst();
    }

    private void deleteAllOfOneIdentity() {
        if (live.isEmpty()) {
            next();
            return;
        }
        ManagedIdentity identity = accounts.get(accountOf.get(anyBinding()));
        List.copyOf(live.keySet()).stream()
                .filter(name -> accounts.get(accountOf.get(name)).equals(identity))
                .forEach(this::delete);
    }

    private String anyAccount() {
        return new ArrayList<>(accounts.keySet()).get(random.nextInt(ACCOUNTS));
    }

    private void bind(String name) {
        bind(name, anyAccount());
    }

    private void bind(String name, String account) {
        accountOf.put(name, account);
        live.put(name, name);
        actions.add("apply " + name + " for " + account);
        tenant.bind(name, account);
    }

    private void delete(String name) {
        actions.add("delete " + name);
        live.remove(name);
        view(name).delete();
    }

    /** Changes the spec, so that there is a new generation, and a ConfigMap that has to go. */
    private void rename(String name) {
        String configMap = name + "-" + names++;
        actions.add("publish " + name + " as " + configMap);
        live.put(name, configMap);
        tenant.bind(name, accountOf.get(name), "environment: {configMapName: " + configMap + "}");
    }

    private void exchangeAny() {
        ManagedIdentity identity = identities.get(random.nextInt(identities.size()));
        exchangeIfRecorded(anyAccount(), identity);
    }

    /**
     * Not while a binding of the account has no identity in its status yet: the operator may have died after it sent the PUT for
     * that identity, and the next one can't know of whom the assignment is. It is then reported as a leftover (docs/failure-model.md).
     */
    private void exchangeIfRecorded(String account, ManagedIdentity identity) {
        boolean recorded =
                platform
                        .client()
                        .resources(RedisAccessBinding.class)
                        .inNamespace(tenant.name())
                        .list()
                        .getItems()
                        .stream()
                        .filter(binding ->
                                binding.getSpec().serviceAccountName().equals(account))
                        .allMatch(binding -> binding.getStatus() != null
                                && binding.getStatus().identity() != null
                                && accounts.get(account)
                                        .objectId()
                                        .equals(binding.getStatus().identity().objectId()));
        if (recorded) {
            exchange(account, identity);
        }
    }

    private void exchange(String account, ManagedIdentity identity) {
        tenant.federate(identity, account);
        actions.add(account + " is " + identity.objectId());
        accounts.put(account, identity);
        tenant.serviceAccount(account, identity.clientId());
    }

    private String anyBinding() {
        return new ArrayList<>(live.keySet()).get(random.nextInt(live.size()));
    }

    /** Everything that is left is deleted. */
    void end() {
        new ArrayList<>(live.keySet()).forEach(this::delete);
    }

    /** Waits until the state is exactly what the bindings require. */
    void awaitSettled() {
        BindingView.patiently("the state that the bindings require").untilAsserted(this::check);
    }

    private void check() {
        List<RedisAccessBinding> there = platform.client()
                .resources(RedisAccessBinding.class)
                .inNamespace(tenant.name())
                .list()
                .getItems();
        assertThat(there)
                .extracting(binding -> binding.getMetadata().getName())
                .as("bindings, and none that is stuck")
                .containsExactlyInAnyOrderElementsOf(live.keySet());
        assertThat(there).allSatisfy(binding -> {
            assertThat(StatusTruth.claimsReady(binding))
                    .as("%s is Ready: %s", binding.getMetadata().getName(), binding.getStatus())
                    .isTrue();
            assertThat(binding.getStatus().observedGeneration())
                    .isEqualTo(binding.getMetadata().getGeneration());
        });
        assertThat(tenant.grantedObjectIds()).as("access in Azure").containsExactlyInAnyOrderElementsOf(wanted());
        assertThat(tenant.assignments()).extracting(Assignment::id).doesNotHaveDuplicates();
        checkConfigMaps();
    }

    private Set<String> wanted() {
        Set<String> wanted = new TreeSet<>();
        live.keySet()
                .forEach(name -> wanted.add(accounts.get(accountOf.get(name)).objectId()));
        return wanted;
    }

    private void checkConfigMaps() {
        Map<String, String> users = new TreeMap<>();
        for (ConfigMap map :
                platform.client().configMaps().inNamespace(tenant.name()).list().getItems()) {
            users.put(map.getMetadata().getName(), map.getData().get("REDIS_USERNAME"));
        }
        Map<String, String> expected = new TreeMap<>();
        live.forEach((name, configMap) ->
                expected.put(configMap, accounts.get(accountOf.get(name)).objectId()));
        assertThat(users).as("ConfigMaps, and the principals in them").isEqualTo(expected);
    }

    private BindingView view(String name) {
        return new BindingView(platform.client(), tenant.name(), name);
    }

    /** The actions so far, to find what led to a failure. */
    String log() {
        return String.join("\n", actions);
    }
}
