package dev.redisaccess.systemtest.faults;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.systemtest.scenario.BindingView;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Something that users or machines do, and the reasons that a status then must show.
 *
 * @param name of the tenant
 * @param reasons shown by the whole operator, in some version of a status
 * @param shards of an OSSCluster; 0: another database
 * @param play all of it, registration and binding included
 */
record Provocation(String name, Set<Reason> reasons, int shards, Consumer<Scene> play) {

    static final String BINDING = "cache";
    static final String ACCOUNT = "orders";

    /** As long as a verification may take. */
    static final String SHORT_CHECK = "verification: {periodSeconds: 60, timeoutSeconds: 2}";

    /** Played by the consumer. */
    static Provocation of(String name, Consumer<Scene> play, Reason first, Reason... more) {
        return new Provocation(name, EnumSet.of(first, more), 0, play);
    }

    /** Something is wrong before the registration and the binding are applied. */
    static Provocation before(String name, Consumer<Scene> fault, Reason first, Reason... more) {
        return of(name, fault.andThen(Provocation::apply), first, more);
    }

    /** A row of the matrix, at the one step of the two where it shows the reason. */
    static Provocation row(Fault fault, Step step, Reason reason) {
        Consumer<Scene> play = step == Step.NEW
                ? scene -> {
                    fault.begin(scene);
                    apply(scene);
                }
                : scene -> {
                    apply(scene).awaitReady();
                    fault.begin(scene);
                    view(scene).delete();
                };
        return new Provocation(fault.name(), EnumSet.of(reason), fault.shards().orElse(0), play);
    }

    /** What platform and application team do. */
    static BindingView apply(Scene scene) {
        scene.tenant().registered();
        return scene.tenant().bind(BINDING, ACCOUNT, SHORT_CHECK);
    }

    private static BindingView view(Scene scene) {
        return new BindingView(scene.platform().client(), scene.tenant().name(), BINDING);
    }
}
