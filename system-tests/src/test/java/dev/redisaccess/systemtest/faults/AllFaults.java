package dev.redisaccess.systemtest.faults;

import java.util.ArrayList;
import java.util.List;

/** Every row. */
final class AllFaults {

    private AllFaults() {}

    static List<Fault> list() {
        List<Fault> all = new ArrayList<>();
        all.addAll(ArmFaults.list());
        all.addAll(EntraFaults.list());
        all.addAll(RedisFaults.list());
        all.addAll(NeighbourFaults.list());
        all.addAll(KubernetesFaults.list());
        all.addAll(StatusFaults.list());
        return all;
    }
}
