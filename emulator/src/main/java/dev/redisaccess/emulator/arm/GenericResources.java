package dev.redisaccess.emulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.http.Router;
import dev.redisaccess.emulator.state.ArmId;
import dev.redisaccess.emulator.state.AzureState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code …/resources}: every top-level resource of a subscription or a resource group. */
final class GenericResources {

    /** A resource as the list shows it. */
    private record Resource(ArmId id, String type, String location, Map<String, String> tags) {

        private boolean matches(Filter.Clause clause, Filter filter) {
            if (clause.is("resourceType")) {
                return type.equalsIgnoreCase(clause.value());
            } else if (clause.is("name")) {
                return id.name().equalsIgnoreCase(clause.value());
            } else if (clause.is("resourceGroup")) {
                return id.resourceGroup().map(clause.value()::equalsIgnoreCase).orElse(false);
            } else if (clause.is("location")) {
                return Locations.same(location, clause.value());
            } else if (clause.is("tagName")) {
                return tags.keySet().stream().anyMatch(clause.value()::equalsIgnoreCase);
            } else if (clause.is("tagValue")) {
                return tags.containsValue(clause.value());
            }
            throw filter.refused();
        }

        private ObjectNode render() {
            ObjectNode body = Json.object();
            body.put("id", id.text());
            body.put("name", id.name());
            body.put("type", type);
            body.put("location", location);
            Tags.render(body, tags);
            return body;
        }
    }

    private final AzureState state;
    private final Pages pages;

    GenericResources(AzureState state, Pages pages) {
        this.state = state;
        this.pages = pages;
    }

    void addTo(Router<ArmRoute> routes) {
        String subscription = "/subscriptions/{subscription}";
        new Verbs(routes, ResourceType.RESOURCES)
                .list(subscription + "/resources", this::list, "$filter", "$expand", "$top")
                .list(subscription + "/resourceGroups/{group}/resources", this::list, "$filter", "$expand", "$top");
    }

    private Response list(ArmRequest request) {
        ArmId scope = request.groupOrSubscription();
        Filter filter = Filter.of(request);
        return pages.of(
                request,
                all().stream()
                        .filter(each -> each.id().isWithin(scope))
                        .filter(each -> filter.clauses().stream().allMatch(clause -> each.matches(clause, filter)))
                        .map(Resource::render)
                        .toList());
    }

    private List<Resource> all() {
        List<Resource> all = new ArrayList<>();
        state.redis()
                .clusters()
                .forEach(each -> all.add(
                        new Resource(each.id(), ResourceType.CLUSTERS.typeName(), each.location(), each.tags())));
        state.directory()
                .identities()
                .forEach(each -> all.add(
                        new Resource(each.id(), ResourceType.IDENTITIES.typeName(), each.location(), each.tags())));
        return all;
    }
}
