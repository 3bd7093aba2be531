package dev.redisaccess.emulator;

import dev.redisaccess.emulator.entra.PublicAuthority;
import dev.redisaccess.emulator.entra.Resources;
import dev.redisaccess.emulator.http.Handler;
import dev.redisaccess.emulator.http.NotEmulated;
import dev.redisaccess.emulator.http.Request;
import dev.redisaccess.emulator.http.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One port that serves the names of Azure's public cloud, for programs in which those names are built in: an entry in
 * the hosts file of a container or a network namespace points them to it.
 */
final class PublicHosts implements Handler {

    private static final List<String> ARM = List.of("management.azure.com", "management.core.windows.net");
    private static final String GRAPH = "graph.microsoft.com";

    private final Handler authority;
    private final Handler arm;

    PublicHosts(Handler authority, Handler arm) {
        this.authority = authority;
        this.arm = arm;
    }

    /** All served names. */
    static List<String> names() {
        List<String> names = new ArrayList<>(PublicAuthority.HOSTS);
        names.addAll(ARM);
        names.add(GRAPH);
        return names;
    }

    @Override
    public Response handle(Request request) {
        String host = request.header("host").orElse("").replaceAll(":\\d+$", "").toLowerCase(Locale.ROOT);
        if (PublicAuthority.HOSTS.contains(host)) {
            return authority.handle(request);
        } else if (ARM.contains(host)) {
            return arm.handle(request);
        } else if (host.equals(GRAPH)) {
            return arm.handle(request.at(Resources.GRAPH_PATH + request.target()));
        }
        String text = "This port serves " + String.join(", ", names()) + ", not `" + host + "`.\n";
        return NotEmulated.mark(Response.text(421, "text/plain; charset=utf-8", text));
    }
}
