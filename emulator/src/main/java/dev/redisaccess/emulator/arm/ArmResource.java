package dev.redisaccess.emulator.arm;

import dev.redisaccess.emulator.state.ArmId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A resource id taken apart the way error messages show it. */
record ArmResource(ArmId id) {

    String group() {
        return id.resourceGroup().orElse("");
    }

    /** For example {@code Microsoft.Cache/redisEnterprise/orders/databases/default}. */
    String typeAndNames() {
        int providers = id.text().toLowerCase(Locale.ROOT).indexOf("/providers/");
        return providers < 0 ? id.name() : id.text().substring(providers + "/providers/".length());
    }

    /** For example {@code Microsoft.Cache/redisEnterprise/databases}. */
    String type() {
        String[] segments = typeAndNames().split("/");
        List<String> type = new ArrayList<>(List.of(segments[0]));
        for (int i = 1; i < segments.length; i += 2) {
            type.add(segments[i]);
        }
        return String.join("/", type);
    }
}
