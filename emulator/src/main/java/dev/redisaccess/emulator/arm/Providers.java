package dev.redisaccess.emulator.arm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.http.Router;
import dev.redisaccess.emulator.state.ArmId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Resource providers, their registration, and {@code operations}. Tools register providers before they use them: any of
 * Microsoft's can be registered, and those that the emulator does not have show no resource types.
 */
final class Providers {

    private static final String ALL = "/subscriptions/{subscription}/providers";
    private static final String ONE = ALL + "/{namespace}";
    private static final Pattern MICROSOFT = Pattern.compile("Microsoft\\.[A-Za-z]{1,60}", Pattern.CASE_INSENSITIVE);
    private static final int MOST_REGISTERED = 500;

    private static final List<String> SERVED = Arrays.stream(ResourceType.values())
            .map(ResourceType::namespace)
            .distinct()
            .toList();

    private final Pages pages;
    private final Set<String> registered = new ConcurrentSkipListSet<>(String.CASE_INSENSITIVE_ORDER);

    Providers(Pages pages) {
        this.pages = pages;
    }

    void addTo(Router<ArmRoute> routes) {
        routes.add("GET", ALL, ArmRoute.open(ResourceType.PROVIDERS, this::list, "$expand", "$top"));
        routes.add("GET", "/providers", ArmRoute.open(ResourceType.PROVIDERS, this::list, "$expand", "$top"));
        routes.add("GET", ONE, ArmRoute.open(ResourceType.PROVIDERS, this::get, "$expand"));
        routes.add("GET", "/providers/{namespace}", ArmRoute.open(ResourceType.PROVIDERS, this::get, "$expand"));
        new Verbs(routes, ResourceType.PROVIDERS)
                .post(ONE, "register", this::register)
                .post(ONE, "unregister", this::unregister);
        for (String namespace : SERVED) {
            routes.add(
                    "GET",
                    "/providers/" + namespace + "/operations",
                    ArmRoute.open(newest(namespace), request -> operations(request, namespace)));
        }
    }

    /** The type of the provider with the most api-versions, with which its operations are requested. */
    private static ResourceType newest(String namespace) {
        return typesOf(namespace)
                .max((one, other) -> Integer.compare(
                        one.apiVersions().size(), other.apiVersions().size()))
                .orElseThrow();
    }

    private Response list(ArmRequest request) {
        return pages.of(
                request,
                Stream.concat(SERVED.stream(), registered.stream())
                        .map(namespace -> render(request, namespace))
                        .toList());
    }

    private Response get(ArmRequest request) {
        return Response.json(200, render(request, known(request)));
    }

    private Response register(ArmRequest request) {
        String namespace = known(request);
        if (!SERVED.contains(namespace) && registered.size() < MOST_REGISTERED) {
            registered.add(namespace);
        }
        return Response.json(200, render(request, namespace));
    }

    private Response unregister(ArmRequest request) {
        String namespace = known(request);
        registered.remove(namespace);
        return Response.json(200, render(request, namespace));
    }

    private static String known(ArmRequest request) {
        String requested = request.path().get("namespace");
        Optional<String> served =
                SERVED.stream().filter(requested::equalsIgnoreCase).findFirst();
        if (served.isEmpty() && !MICROSOFT.matcher(requested).matches()) {
            throw new ArmRefusal(ArmError.gateway(
                    404, "InvalidResourceNamespace", "The resource namespace '" + requested + "' is invalid."));
        }
        return served.orElse(requested);
    }

    private ObjectNode render(ArmRequest request, String namespace) {
        boolean served = SERVED.contains(namespace);
        ObjectNode body = Json.object();
        String prefix = Optional.ofNullable(request.path().get("subscription"))
                .map(each -> ArmId.subscription(each).text())
                .orElse("");
        body.put("id", prefix + "/providers/" + namespace);
        body.put("namespace", namespace);
        body.put("registrationState", served || registered.contains(namespace) ? "Registered" : "NotRegistered");
        body.put("registrationPolicy", "RegistrationRequired");
        ArrayNode types = body.putArray("resourceTypes");
        typesOf(namespace).forEach(type -> type(types.addObject(), type));
        return body;
    }

    private static void type(ObjectNode entry, ResourceType type) {
        entry.put("resourceType", type.typeName().substring(type.namespace().length() + 1));
        ArrayNode locations = entry.putArray("locations");
        Locations.displayNames().forEach(locations::add);
        ArrayNode versions = entry.putArray("apiVersions");
        for (int i = type.apiVersions().size() - 1; i >= 0; i--) {
            versions.add(type.apiVersions().get(i)); // the newest first, as on Azure
        }
        entry.put("capabilities", "None");
    }

    private static Stream<ResourceType> typesOf(String namespace) {
        return Arrays.stream(ResourceType.values())
                .filter(type -> type.namespace().equals(namespace));
    }

    private Response operations(ArmRequest request, String namespace) {
        return pages.of(
                request,
                typesOf(namespace)
                        .flatMap(type -> Stream.of("read", "write", "delete").map(verb -> operation(type, verb)))
                        .toList());
    }

    private static ObjectNode operation(ResourceType type, String verb) {
        String resource = type.typeName().substring(type.namespace().length() + 1);
        ObjectNode body = Json.object();
        body.put("name", type.action(verb));
        body.put("isDataAction", false);
        body.putObject("display")
                .put("provider", type.namespace())
                .put("resource", resource)
                .put("operation", verb + " " + resource)
                .put("description", verb + " " + resource);
        return body;
    }
}
