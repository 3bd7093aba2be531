package dev.redisaccess.operator.binding;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InventoryTest {

    private static final ObjectId ALICE = new ObjectId("aaaaaaaa-0000-0000-0000-000000000001");
    private static final ObjectId BOB = new ObjectId("aaaaaaaa-0000-0000-0000-000000000002");
    private static final OwnerMark MARK = OwnerMark.of("this installation");
    private static final OwnerMark OTHER = OwnerMark.of("another installation");

    @Test
    void countsWhatHasTheMarkAndNoBindingNeeds() {
        Inventory inventory = inventory(
                assignment(MARK.assignmentName(ALICE), ALICE, ProvisioningState.Succeeded),
                assignment(MARK.assignmentName(BOB), BOB, ProvisioningState.Failed));
        assertThat(inventory.leftovers(MARK, Set.of())).isEqualTo(2);
        assertThat(inventory.leftovers(MARK, Set.of(ALICE))).isEqualTo(1);
        assertThat(inventory.leftovers(MARK, Set.of(ALICE, BOB))).isZero();
    }

    @Test
    void countsNothingOfOthersNorWhatIsBeingDeleted() {
        Inventory inventory = inventory(
                assignment("by-terraform", ALICE, ProvisioningState.Succeeded),
                assignment(OTHER.assignmentName(ALICE), ALICE, ProvisioningState.Succeeded),
                assignment(MARK.assignmentName(ALICE), BOB, ProvisioningState.Succeeded),
                assignment(MARK.assignmentName(BOB), BOB, ProvisioningState.Deleting));
        assertThat(inventory.leftovers(MARK, Set.of())).isZero();
    }

    private static Assignment assignment(String name, ObjectId principal, ProvisioningState state) {
        return new Assignment(name, Optional.of(principal), Access.unknown(), state, Optional.empty());
    }

    private static Inventory inventory(Assignment... assignments) {
        return new Inventory(Instant.EPOCH, List.of(assignments));
    }
}
