package dev.redisaccess.systemtest.scenario;

import dev.redisaccess.emulator.fault.FaultAction;
import dev.redisaccess.emulator.fault.FaultRule;
import dev.redisaccess.emulator.fault.Service;
import dev.redisaccess.kubernetes.json.Json;
import java.util.Map;

/** What ARM returns for a LIST of assignments, whatever exists. */
final class ListedAssignments {

    private ListedAssignments() {}

    /** Lets ARM return this for the tenant's database. */
    static FaultRule of(Tenant tenant, String body) {
        return new FaultRule(
                Service.ARM,
                "GET",
                tenant.name() + "/databases/default/accessPolicyAssignments$",
                "",
                0,
                0,
                new FaultAction(200, Json.parse(body), Map.of(), 0, false, false, false, false, false, 0));
    }
}
