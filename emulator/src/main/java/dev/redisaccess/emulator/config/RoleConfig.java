package dev.redisaccess.emulator.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redisaccess.emulator.state.ArmId;
import dev.redisaccess.emulator.state.RoleDefinition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A role that the principal has on a scope and everything below it.
 *
 * @param scope a subscription, a resource group or a resource
 * @param role the name of a built-in role, or an object with {@code actions}
 */
public record RoleConfig(String scope, JsonNode role) {

    public RoleConfig {
        if (!Check.given("scope", scope).startsWith("/subscriptions/")) {
            throw new BadField("scope", "must begin with /subscriptions/");
        }
        definition(Check.given("role", role));
    }

    public ArmId scopeId() {
        return new ArmId(scope);
    }

    public RoleDefinition definition() {
        return definition(role);
    }

    private static RoleDefinition definition(JsonNode role) {
        if (role.isTextual()) {
            return RoleDefinition.KNOWN.stream()
                    .filter(known -> known.name().equals(role.textValue()))
                    .findFirst()
                    .orElseThrow(() -> new BadField("role", "must be " + choices()));
        }
        JsonNode actions = role.path("actions");
        if (!actions.isArray() || actions.isEmpty() || role.size() != 1) {
            throw new BadField("role", "must be " + choices());
        }
        List<String> texts = new ArrayList<>();
        actions.forEach(action -> texts.add(action.asText()));
        UUID id = UUID.nameUUIDFromBytes(actions.toString().getBytes(StandardCharsets.UTF_8));
        return new RoleDefinition(id, "custom", texts, List.of());
    }

    private static String choices() {
        return "one of "
                + String.join(
                        ", ",
                        RoleDefinition.KNOWN.stream().map(RoleDefinition::name).toList())
                + ", or {actions: [...]}";
    }
}
