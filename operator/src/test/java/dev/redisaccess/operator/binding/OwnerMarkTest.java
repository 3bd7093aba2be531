package dev.redisaccess.operator.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OwnerMarkTest {

    private static final ObjectId ME = new ObjectId("0F7088E2-f8d2-4553-b5e2-dcfe94122aa7");
    private static final ObjectId OTHER = new ObjectId("1f7088e2-f8d2-4553-b5e2-dcfe94122aa7");
    private static final OwnerMark MARK = OwnerMark.of("6f1d2c3b/redis-access-system/redis-access-operator");

    /** A restored cluster finds access by the name: it must not change between versions. */
    @Test
    void theNameIsTheObjectIdAndTheMark() {
        assertThat(OwnerMark.of("orders").digits()).isEqualTo("1c168adb00d208e4");
        assertThat(MARK.assignmentName(ME))
                .isEqualTo("0f7088e2f8d24553b5e2dcfe94122aa7k8s" + MARK.digits())
                .hasSize(51)
                .matches("[A-Za-z0-9]{1,60}");
    }

    @Test
    void isOnAnAssignmentOfThatNameForThatPrincipalOnly() {
        String name = MARK.assignmentName(ME);
        assertThat(MARK.isOn(assignment(name, Optional.of(ME)))).isTrue();
        assertThat(MARK.isOn(assignment(name.toUpperCase(Locale.ROOT), Optional.of(ME))))
                .isTrue();
        assertThat(MARK.isOn(assignment(name, Optional.of(OTHER)))).isFalse();
        assertThat(MARK.isOn(assignment(name, Optional.empty()))).isFalse();
        assertThat(MARK.isOn(assignment(ME.value(), Optional.of(ME)))).isFalse();
        assertThat(OwnerMark.of("another").isOn(assignment(name, Optional.of(ME))))
                .isFalse();
    }

    @Test
    void findsThePrincipalInTheNameOfAnAssignment() {
        assertThat(OwnerMark.principalOf(MARK.assignmentName(ME))).contains(ME);
        assertThat(OwnerMark.principalOf(
                        OwnerMark.of("another").assignmentName(ME).toUpperCase(Locale.ROOT)))
                .contains(ME);
        assertThat(OwnerMark.principalOf("terraform")).isEmpty();
        assertThat(OwnerMark.principalOf(ME.value().replace("-", ""))).isEmpty();
        assertThat(OwnerMark.principalOf(MARK.assignmentName(ME) + "0")).isEmpty();
    }

    @Test
    void refusesDigitsOfAnotherForm() {
        for (String digits :
                new String[] {"", "1c168adb00d208e", "a5d7d0a90eb0bd6bb", "A5D7D0A90EB0BD6B", "k8s7d0a90eb0bd6b"}) {
            assertThatThrownBy(() -> new OwnerMark(digits)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Assignment assignment(String name, Optional<ObjectId> principal) {
        return new Assignment(name, principal, Access.unknown(), ProvisioningState.Succeeded, Optional.empty());
    }
}
