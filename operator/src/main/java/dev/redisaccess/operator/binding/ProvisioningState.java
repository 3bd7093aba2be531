package dev.redisaccess.operator.binding;

/** What ARM says of a resource. The names are ARM's. */
public enum ProvisioningState {
    Creating,
    Updating,
    Succeeded,
    Failed,
    Canceled,
    Deleting,
    /** Something that this version does not know; treated as still moving. */
    Unknown;

    /** Reads ARM's word, in any case; null and what is not known are {@link #Unknown}. */
    public static ProvisioningState parse(String text) {
        for (ProvisioningState state : values()) {
            if (state.name().equalsIgnoreCase(text)) {
                return state;
            }
        }
        return Unknown;
    }

    /** Whether ARM still works on it. */
    public boolean moving() {
        return this == Creating || this == Updating || this == Deleting || this == Unknown;
    }
}
