package dev.redisaccess.emulator.entra;

import java.io.IOException;

/** Whether a ServiceAccount may use the identity binding of an identity. */
@FunctionalInterface
public interface IdentityBindingAuthorization {

    /**
     * @param clientId of the identity
     * @param subject such as {@code system:serviceaccount:shop:orders}
     * @throws IOException where it cannot be reviewed
     */
    boolean allows(String clientId, String subject) throws IOException;
}
