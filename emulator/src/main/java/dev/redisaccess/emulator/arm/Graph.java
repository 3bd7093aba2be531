package dev.redisaccess.emulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.emulator.entra.Resources;
import dev.redisaccess.emulator.http.Handler;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.http.NotEmulated;
import dev.redisaccess.emulator.http.Request;
import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.http.Router;
import dev.redisaccess.emulator.state.Directory;
import dev.redisaccess.emulator.state.Principal;
import dev.redisaccess.emulator.state.Principal.ManagedIdentity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of Microsoft Graph that tools use when they assign roles: principals by id. It is on ARM's address, below
 * {@code /graph}, because the document that describes the cloud must not name another host.
 */
final class Graph implements Handler {

    private static final String V1 = Resources.GRAPH_PATH + "/v1.0";

    /** The filters that the Azure CLI and Terraform send, each with one value in quotes. */
    private static final Pattern FILTER = Pattern.compile(
            "(?:servicePrincipalNames/any\\(\\w:\\w eq '([^']*)'\\)|(?:appId|id|displayName) eq '([^']*)'"
                    + "|startswith\\(displayName, ?'([^']*)'\\))",
            Pattern.CASE_INSENSITIVE);

    private final Directory directory;
    private final Bearer bearer;
    private final Handler next;
    private final Router<BiFunction<Request, Map<String, String>, Response>> router = new Router<>();

    Graph(Directory directory, Bearer bearer, Handler next) {
        this.directory = directory;
        this.bearer = bearer;
        this.next = next;
        router.add("GET", V1 + "/servicePrincipals", (request, path) -> list(request, "servicePrincipal"));
        router.add("GET", V1 + "/applications", (request, path) -> list(request, "application"));
        router.add("GET", V1 + "/users", (request, path) -> values(request, List.of()));
        router.add("GET", V1 + "/groups", (request, path) -> values(request, List.of()));
        router.add("GET", V1 + "/servicePrincipals/{id}", (request, path) -> one(path.get("id")));
        router.add("GET", V1 + "/directoryObjects/{id}", (request, path) -> one(path.get("id")));
        router.add("POST", V1 + "/directoryObjects/getByIds", (request, path) -> byIds(request));
    }

    @Override
    public Response handle(Request request) {
        String path = request.path();
        if (!path.equals(Resources.GRAPH_PATH) && !path.startsWith(Resources.GRAPH_PATH + "/")) {
            return next.handle(request);
        }
        try {
            bearer.authenticate(request);
            return router.find(request)
                    .map(found -> found.target().apply(request, found.values()))
                    .orElseGet(() -> NotEmulated.mark(
                            error(404, NotEmulated.CODE, "The emulator does not serve `" + request + "`.")));
        } catch (ArmRefusal refusal) {
            return refusal.error().response();
        }
    }

    private Response list(Request request, String type) {
        Optional<String> filter = request.parameter("$filter");
        Optional<Predicate<Principal>> wanted = filter.map(Graph::filter).orElse(Optional.of(each -> true));
        if (wanted.isEmpty()) {
            return NotEmulated.mark(
                    error(400, "Request_UnsupportedQuery", "Unsupported filter: `" + filter.orElse("") + "`."));
        }
        return values(
                request,
                directory.principals().stream()
                        .filter(wanted.get())
                        .filter(each -> type.equals("servicePrincipal") || !(each instanceof ManagedIdentity))
                        .map(each -> render(each, type))
                        .toList());
    }

    private static Optional<Predicate<Principal>> filter(String text) {
        Matcher matcher = FILTER.matcher(text.trim());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        if (matcher.group(3) != null) {
            return Optional.of(each -> displayName(each).startsWith(matcher.group(3)));
        }
        String value = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        return Optional.of(each -> value.equalsIgnoreCase(each.clientId())
                || value.equalsIgnoreCase(each.objectId())
                || value.equals(displayName(each)));
    }

    private Response one(String id) {
        return directory.principals().stream()
                .filter(each -> each.objectId().equalsIgnoreCase(id)
                        || ("appId='" + each.clientId() + "'").equalsIgnoreCase(id))
                .findFirst()
                .map(each -> Response.json(200, render(each, "servicePrincipal")))
                .orElseGet(() -> error(
                        404,
                        "Request_ResourceNotFound",
                        "Resource '" + id
                                + "' does not exist or one of its queried reference-property objects are not"
                                + " present."));
    }

    private Response byIds(Request request) {
        Set<String> ids = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        request.json().map(body -> body.path("ids")).ifPresent(list -> list.forEach(each -> ids.add(each.asText())));
        return values(
                request,
                directory.principals().stream()
                        .filter(each -> ids.contains(each.objectId()))
                        .map(each -> render(each, "servicePrincipal"))
                        .toList());
    }

    private static Response values(Request request, List<ObjectNode> items) {
        ObjectNode body = Json.object();
        String path = request.path();
        body.put(
                "@odata.context",
                request.base("https") + V1 + "/$metadata#" + path.substring(path.lastIndexOf('/') + 1));
        ArrayNode value = body.putArray("value");
        items.forEach(value::add);
        return Response.json(200, body);
    }

    private static ObjectNode render(Principal principal, String type) {
        ObjectNode body = Json.object();
        body.put("@odata.type", "#microsoft.graph." + type);
        body.put("id", principal.objectId());
        body.put("appId", principal.clientId());
        body.put("displayName", displayName(principal));
        body.put("accountEnabled", true);
        body.put("servicePrincipalType", principal instanceof ManagedIdentity ? "ManagedIdentity" : "Application");
        body.putArray("servicePrincipalNames").add(principal.clientId());
        return body;
    }

    private static String displayName(Principal principal) {
        return principal instanceof ManagedIdentity identity ? identity.id().name() : principal.clientId();
    }

    private static Response error(int status, String code, String message) {
        JsonNode error = Json.object().put("code", code).put("message", message);
        return Response.json(status, Json.object().set("error", error));
    }
}
