package dev.redisaccess.operator.azure;

import dev.redisaccess.operator.binding.Access;
import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.DatabaseId;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.OwnerMark;
import dev.redisaccess.operator.binding.ProvisioningState;
import dev.redisaccess.operator.binding.WantedAccess;
import dev.redisaccess.operator.binding.acl.AccessString;
import java.util.Optional;

/** Values that many tests need. */
final class Samples {

    static final String SUBSCRIPTION = "11111111-1111-1111-1111-111111111111";
    static final DatabaseId ORDERS = new DatabaseId(SUBSCRIPTION, "shop", "orders");
    static final ObjectId ALICE = principal(1);
    static final ObjectId BOB = principal(2);
    static final ObjectId CAROL = principal(3);

    static final OwnerMark MARK = OwnerMark.of("this installation");

    private Samples() {}

    /** The name that this installation gives. */
    static String name(ObjectId principal) {
        return MARK.assignmentName(principal);
    }

    static ObjectId principal(int number) {
        return new ObjectId(String.format("aaaaaaaa-0000-0000-0000-%012d", number));
    }

    static Assignment assignment(ObjectId principal, ProvisioningState state) {
        return new Assignment(name(principal), Optional.of(principal), Access.full(), state, Optional.empty());
    }

    /** Any binding that wants full access. */
    static Optional<WantedAccess> full() {
        return Optional.of(WantedAccess.full());
    }

    /** A binding with an access profile. */
    static Optional<WantedAccess> rule(String accessString) {
        return AccessString.of(accessString).map(WantedAccess::of);
    }

    static Assignment named(String name, ObjectId principal) {
        return new Assignment(
                name, Optional.of(principal), Access.full(), ProvisioningState.Succeeded, Optional.empty());
    }

    static Assignment readOnly(ObjectId principal) {
        return new Assignment(
                name(principal),
                Optional.of(principal),
                Access.restricted("+@read ~*"),
                ProvisioningState.Succeeded,
                Optional.empty());
    }
}
