package dev.redisaccess.systemtest.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.emulator.state.Assignment;
import dev.redisaccess.operator.api.AssignmentOrigin;
import dev.redisaccess.operator.api.AssignmentStatus;
import dev.redisaccess.operator.api.DatabaseAccessStatus;
import dev.redisaccess.operator.api.RedisAccessBindingStatus;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The name of an assignment shows which installation created it, and nothing else does: neither memory nor status. */
@Execution(ExecutionMode.CONCURRENT)
class OwnershipTest {

    @RegisterExtension
    static final LocalPlatform PLATFORM = new LocalPlatform();

    /** Far less than the resync, and far more than a busy machine needs. */
    private static final Duration SOON = Duration.ofSeconds(45);

    /** Two installations, such as two clusters, on one database with one identity: each leaves what the other created. */
    @Test
    void adoptsWhatAnotherInstallationCreatedAndNeverDeletesIt() {
        Tenant tenant = PLATFORM.tenant("other-installation").withDatabase();
        String objectId = tenant.workload("orders").objectId();
        String theirs = LocalPlatform.assignmentNameOf("another-cluster", objectId);
        tenant.assignedByOthers(theirs, objectId, Optional.empty());
        tenant.registered();
        BindingView binding = tenant.bind("cache", "orders");
        binding.awaitReady();
        assertThat(assignment(binding).origin()).isEqualTo(AssignmentOrigin.ADOPTED);
        assertThat(assignment(binding).name()).isEqualTo(theirs);

        binding.delete();

        binding.awaitGone();
        assertThat(names(tenant)).containsExactly(theirs);
        assertThat(tenant.armWrites()).isEmpty();
    }

    /** {@code terraform apply} right after the inventory, then the binding: what Azure contradicts is read again at once. */
    @Test
    void adoptsAtOnceWhatWasAppliedJustAfterTheInventory() {
        Tenant tenant = PLATFORM.tenant("just-applied").withDatabase();
        String objectId = tenant.workload("orders").objectId();
        tenant.registeredWithRareResync();
        BindingView.patiently("the inventory").until(() -> leftover(tenant).isPresent());
        tenant.assignedByOthers("terraform", objectId, Optional.empty());
        Instant began = Instant.now();

        BindingView binding = tenant.bind("cache", "orders");

        binding.awaitReady();
        assertThat(Duration.between(began, Instant.now())).isLessThan(SOON);
        assertThat(assignment(binding).origin()).isEqualTo(AssignmentOrigin.ADOPTED);
        assertThat(names(tenant)).containsExactly("terraform");
        assertThat(tenant.armWrites()).as("refused once at most").hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void countsWhatItCreatedAndNoBindingNeeds() {
        Tenant tenant = PLATFORM.tenant("left-over").withDatabase();
        String needed = tenant.workload("orders").objectId();
        String unused = UUID.randomUUID().toString();
        String left = LocalPlatform.assignmentName(unused);
        tenant.assignedByOthers("by-hand", UUID.randomUUID().toString(), Optional.empty());
        tenant.registered();
        tenant.bind("cache", "orders").awaitReady();
        BindingView.patiently("the first count")
                .untilAsserted(() -> assertThat(leftover(tenant)).contains(0));

        tenant.assignedByOthers(left, unused, Optional.empty());

        BindingView.patiently("one left over")
                .untilAsserted(() -> assertThat(leftover(tenant)).contains(1));
        BindingView.patiently("the event, after a review at most a minute later")
                .atMost(Duration.ofMinutes(3))
                .untilAsserted(() -> assertThat(PLATFORM.client()
                                .v1()
                                .events()
                                .inAnyNamespace()
                                .list()
                                .getItems())
                        .filteredOn(event -> event.getInvolvedObject().getName().equals(tenant.name()))
                        .filteredOn(event -> event.getReason().equals("AccessLeftOver"))
                        .singleElement());
        assertThat(names(tenant)).as("it is reported, not deleted").contains(left);

        tenant.unassignedByOthers(left);

        BindingView.patiently("none left over")
                .untilAsserted(() -> assertThat(leftover(tenant)).contains(0));
        assertThat(names(tenant)).contains("by-hand", LocalPlatform.assignmentName(needed));
    }

    /** A binding with a status that falsely claims the identity of another: it keeps no principal's access alive. */
    @Test
    void revokesWhatAForgedStatusClaimsToNeed() {
        Tenant tenant = PLATFORM.tenant("forged-peer").withDatabase().registered();
        String victim = tenant.workload("orders").objectId();
        String forger = tenant.workload("forger").objectId();
        BindingView binding = tenant.bind("cache", "orders");
        BindingView forged = tenant.bind("forged", "forger");
        binding.awaitReady();
        forged.awaitReady();

        forged.resource()
                .subresource("status")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"status\": {\"identity\": {\"objectId\": \"" + victim + "\"}}}");
        binding.delete();

        binding.awaitGone();
        assertThat(tenant.grantedObjectIds()).containsExactly(forger);
    }

    private static AssignmentStatus assignment(BindingView binding) {
        return binding.status().map(RedisAccessBindingStatus::assignment).orElseThrow();
    }

    private static List<String> names(Tenant tenant) {
        return tenant.assignments().stream()
                .map(Assignment::id)
                .map(id -> id.name())
                .toList();
    }

    /** Empty: not counted yet. */
    private static Optional<Integer> leftover(Tenant tenant) {
        return Optional.ofNullable(tenant.registration().get().getStatus())
                .flatMap(status -> Optional.ofNullable(status.access()))
                .map(DatabaseAccessStatus::leftover);
    }
}
