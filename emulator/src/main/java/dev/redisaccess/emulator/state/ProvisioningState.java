package dev.redisaccess.emulator.state;

/** The states that {@code properties.provisioningState} shows, spelled as on the wire. */
public enum ProvisioningState {
    Creating,
    Updating,
    Deleting,
    Succeeded,
    Failed
}
