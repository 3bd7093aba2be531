package dev.redisaccess.emulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redisaccess.emulator.state.StoredFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The fields of one kind of resource's {@code properties}: which can be written, and their valid values. A field that is
 * neither writable nor read-only is refused with its name, because its value would be lost.
 *
 * @param rules by field
 * @param readOnly fields that clients send back as they got them; ignored
 */
record Writable(Map<String, Rule> rules, Set<String> readOnly) {

    /**
     * A rule for a value.
     *
     * @param must for messages, beginning with "must"
     */
    record Rule(Predicate<JsonNode> holds, String must) {

        static Rule oneOf(String... values) {
            List<String> allowed = List.of(values);
            return new Rule(
                    node -> node.isTextual() && allowed.contains(node.textValue()),
                    "must be one of " + String.join(", ", allowed));
        }

        static Rule text() {
            return new Rule(JsonNode::isTextual, "must be text");
        }

        static Rule object() {
            return new Rule(JsonNode::isObject, "must be an object");
        }

        static Rule list() {
            return new Rule(JsonNode::isArray, "must be a list");
        }

        static Rule port() {
            return new Rule(
                    node -> node.isInt() && node.intValue() >= 0 && node.intValue() <= 65_535, "must be 0 to 65535");
        }
    }

    /**
     * The fields that were written; null counts as not written.
     *
     * @throws ArmRefusal with 400 when a field is unknown or has an invalid value
     */
    StoredFields read(JsonNode properties) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        properties.properties().forEach(field -> {
            Optional<Rule> rule = Optional.ofNullable(rules.get(field.getKey()));
            if (rule.isEmpty() && !readOnly.contains(field.getKey())) {
                throw new ArmRefusal(ArmError.notEmulated("The emulator cannot keep `properties." + field.getKey()
                        + "`: leave it out. It keeps "
                        + rules.keySet().stream().sorted().collect(Collectors.joining(", ")) + "."));
            } else if (rule.isPresent() && !field.getValue().isNull()) {
                if (!rule.get().holds().test(field.getValue())) {
                    throw new ArmRefusal(ArmError.contentInvalid(
                            "properties." + field.getKey() + " " + rule.get().must() + "."));
                }
                fields.put(field.getKey(), field.getValue());
            }
        });
        return new StoredFields(fields);
    }
}
