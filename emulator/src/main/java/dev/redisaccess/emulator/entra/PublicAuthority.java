package dev.redisaccess.emulator.entra;

import java.util.List;

/** The authority of Azure's public cloud. */
public final class PublicAuthority {

    /** Its host names, in the order of Entra's own response to instance discovery: network, cache, others. */
    public static final List<String> HOSTS =
            List.of("login.microsoftonline.com", "login.windows.net", "login.microsoft.com", "sts.windows.net");

    private PublicAuthority() {}
}
