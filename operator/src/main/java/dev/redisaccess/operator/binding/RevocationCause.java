package dev.redisaccess.operator.binding;

import dev.redisaccess.operator.api.Reason;

/** Why a binding gives up the access of a principal. */
public enum RevocationCause {
    /** The binding is being deleted. */
    DELETED,
    /** The binding has another principal now. */
    IDENTITY_CHANGED,
    /** The database no longer admits the namespace. */
    NOT_ADMITTED;

    /** Reported while the revocation of this principal's access is under way. */
    Finding revoking(ObjectId principal) {
        return Finding.of(
                Reason.REVOKING_ACCESS,
                switch (this) {
                    case DELETED -> "Azure is deleting the access policy assignment.";
                    case IDENTITY_CHANGED ->
                        "The access of the former identity `" + principal
                                + "` is being revoked before access is granted to the new one.";
                    case NOT_ADMITTED -> "The namespace is no longer admitted: access is being revoked.";
                });
    }
}
