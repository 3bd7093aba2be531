package dev.redisaccess.emulator.control;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.emulator.fault.Faults;

/** A rule in force, as the control API shows it: the rule, its id and its counts. */
final class FaultView {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private FaultView() {}

    static ObjectNode render(Faults.Active active) {
        ObjectNode body = MAPPER.valueToTree(active.rule());
        return body.put("id", active.id()).put("seen", active.seen()).put("hit", active.hit());
    }
}
