package dev.redisaccess.emulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.http.Router;
import dev.redisaccess.emulator.state.ArmId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** {@code /subscriptions/{subscription}/locations}: some of Azure's regions. A resource may also be in any other region. */
final class Locations {

    private record Region(String displayName, String geography) {

        String name() {
            return plain(displayName);
        }
    }

    private static final List<Region> REGIONS = Arrays.asList(
            new Region("East US", "United States"),
            new Region("East US 2", "United States"),
            new Region("Central US", "United States"),
            new Region("West US 2", "United States"),
            new Region("West US 3", "United States"),
            new Region("North Europe", "Europe"),
            new Region("West Europe", "Europe"),
            new Region("Germany West Central", "Germany"),
            new Region("UK South", "United Kingdom"),
            new Region("Sweden Central", "Sweden"),
            new Region("Central India", "India"),
            new Region("Japan East", "Japan"),
            new Region("Australia East", "Australia"));

    private final Pages pages;

    Locations(Pages pages) {
        this.pages = pages;
    }

    void addTo(Router<ArmRoute> routes) {
        new Verbs(routes, ResourceType.LOCATIONS).list("/subscriptions/{subscription}/locations", this::list);
    }

    /** The location of a resource that is to be created. */
    static String required(JsonNode body) {
        return Json.text(body, "location")
                .orElseThrow(() -> new ArmRefusal(ArmError.gateway(
                        400, "LocationRequired", "The location property is required for this definition.")));
    }

    /** The display name, which the Redis provider always returns. */
    static String displayName(String location) {
        return REGIONS.stream()
                .filter(each -> each.name().equals(plain(location)))
                .map(Region::displayName)
                .findFirst()
                .orElse(location);
    }

    static List<String> displayNames() {
        return REGIONS.stream().map(Region::displayName).toList();
    }

    /** Whether both name the same region. */
    static boolean same(String one, String other) {
        return plain(one).equals(plain(other));
    }

    /**
     * A resource does not move.
     *
     * @throws ArmRefusal with 409 when the requested location differs from the present one
     */
    static void requireSame(ArmId id, String before, String location) {
        if (!same(before, location)) {
            throw new ArmRefusal(ArmError.gateway(
                    409,
                    "InvalidResourceLocation",
                    "The resource '" + id.name() + "' already exists in location '" + before
                            + "' in resource group '"
                            + id.resourceGroup().orElse("")
                            + "'. A resource with the same name cannot be created in location '" + location + "'."));
        }
    }

    private static String plain(String location) {
        return location.replace(" ", "").toLowerCase(Locale.ROOT);
    }

    private Response list(ArmRequest request) {
        ArmId subscription = ArmId.subscription(request.path().get("subscription"));
        return pages.of(
                request,
                REGIONS.stream().map(each -> render(subscription, each)).toList());
    }

    private static ObjectNode render(ArmId subscription, Region region) {
        ObjectNode body = Json.object();
        body.put("id", subscription + "/locations/" + region.name());
        body.put("name", region.name());
        body.put("type", "Region");
        body.put("displayName", region.displayName());
        body.put("regionalDisplayName", region.displayName());
        body.putObject("metadata")
                .put("regionType", "Physical")
                .put("regionCategory", "Recommended")
                .put("geography", region.geography())
                .put("geographyGroup", region.geography());
        return body;
    }
}
