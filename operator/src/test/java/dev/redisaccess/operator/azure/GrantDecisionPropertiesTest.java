package dev.redisaccess.operator.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.binding.Access;
import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.ProvisioningState;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The last decision before a PUT: whatever bears the name, and whatever the inventory knows. */
class GrantDecisionPropertiesTest {

    private static final ObjectId ME = new ObjectId("11111111-1111-1111-1111-111111111111");
    private static final ObjectId OTHER = new ObjectId("22222222-2222-2222-2222-222222222222");

    /** A PUT of the GA API would widen the one, and take the name of the other. */
    @Property
    void createsOverNothingButItsOwnThatEndedWithoutEffect(
            @ForAll("named") Optional<Assignment> named, @ForAll("known") Optional<Assignment> known) {
        if (GrantDecision.of(named, known, ME) == GrantDecision.CREATE) {
            named.ifPresent(there -> {
                assertThat(there.objectId()).contains(ME);
                assertThat(there.access().usable()).isTrue();
                assertThat(there.state()).isIn(ProvisioningState.Failed, ProvisioningState.Canceled);
            });
            boolean elsewhere = known.filter(other -> other.name().equals("by-hand"))
                    .filter(other -> other.state() == ProvisioningState.Succeeded)
                    .isPresent();
            assertThat(elsewhere && named.isEmpty()).isFalse();
        }
    }

    @Property
    void whatGrantsSomethingElseIsLeft(
            @ForAll("named") Optional<Assignment> named, @ForAll("known") Optional<Assignment> known) {
        boolean narrowed = named.filter(
                        there -> there.objectId().filter(ME::equals).isPresent())
                .filter(there -> !there.access().usable())
                .isPresent();
        if (narrowed) {
            assertThat(GrantDecision.of(named, known, ME)).isEqualTo(GrantDecision.LEAVE);
        }
    }

    @Provide
    Arbitrary<Optional<Assignment>> named() {
        return assignments(Arbitraries.just(ME.value()), Arbitraries.of(ME, OTHER))
                .optional();
    }

    @Provide
    Arbitrary<Optional<Assignment>> known() {
        return assignments(Arbitraries.of(ME.value(), "by-hand"), Arbitraries.just(ME))
                .optional();
    }

    private static Arbitrary<Assignment> assignments(Arbitrary<String> names, Arbitrary<ObjectId> owners) {
        return Combinators.combine(
                        names,
                        owners.optional(0.9),
                        Arbitraries.of("default", "reader"),
                        Arbitraries.of("+@all ~*", "+get ~orders:*").optional(),
                        Arbitraries.of(ProvisioningState.class))
                .as((name, owner, policy, access, state) ->
                        new Assignment(name, owner, Access.of(policy, access), state, Optional.empty()));
    }
}
