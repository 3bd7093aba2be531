package dev.redisaccess.operator.binding;

/** The state of a resource in ARM. The names are ARM's. */
public enum ProvisioningState {
    Creating,
    Updating,
    Succeeded,
    Failed,
    Canceled,
    Deleting,
    /** Any other value; treated as not ended. */
    Unknown;

    /** Parses ARM's value without case; null and any other value are {@link #Unknown}. */
    public static ProvisioningState parse(String text) {
        for (ProvisioningState state : values()) {
            if (state.name().equalsIgnoreCase(text)) {
                return state;
            }
        }
        return Unknown;
    }

    /** Whether ARM has not ended working on it. */
    public boolean moving() {
        return this == Creating || this == Updating || this == Deleting || this == Unknown;
    }
}
