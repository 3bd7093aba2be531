package dev.redisaccess.benchmark.pages;

import dev.redisaccess.benchmark.model.AtRest;
import dev.redisaccess.benchmark.model.Costs;
import dev.redisaccess.benchmark.model.Provisioning;
import dev.redisaccess.benchmark.model.Provisioning.Batch;
import dev.redisaccess.benchmark.report.Result;
import dev.redisaccess.benchmark.report.Table;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/** docs/scaling.md: the limits of an installation, and recommended settings for its size. */
public final class ScalingPage {

    private static final List<Integer> SIZES = List.of(100, 1_000, 10_000, 100_000);
    private static final int ON_ONE_DATABASE = 100;

    /** Of one assignment, as recorded from Azure. */
    private static final double AZURE_SECONDS = 8.69;

    /** Writes of a subscription and principal: a bucket of 200, refilled at 10 a second. */
    private static final double WRITES_AT_ONCE = 200;

    private static final double WRITES_PER_SECOND = 10;

    private static final int VERIFICATION_SECONDS = 900;
    private static final int RESYNC_SECONDS = 300;
    private static final int ROUND = 64;

    private ScalingPage() {}

    /** @param results with those of {@code scale} */
    static String of(SortedMap<String, Result> results) {
        Result scale = results.get("scale");
        if (scale == null) {
            throw new IllegalArgumentException("The result scale.json is missing. Run --scenario scale first.");
        }
        Costs costs = Costs.of(scale);
        StringBuilder page = new StringBuilder(Pages.NOTICE).append(BEFORE);
        page.append(text(
                PARAMETERS,
                costs.cpuEach() * 1000,
                costs.secondsEach() * 1000,
                costs.memory().resident(),
                costs.memory().heap(),
                costs.memory().heapEach() * 1024));
        check(page, scale, costs);
        sizes(page, costs);
        return page.append(AFTER).toString();
    }

    /** Compares the model with the measured points. */
    private static void check(StringBuilder page, Result scale, Costs costs) {
        int databases = Integer.parseInt(scale.conditions().get("databases"));
        Provisioning model = new Provisioning(costs.secondsEach(), costs.azureSeconds(), Double.MAX_VALUE, 0);
        page.append(CHECK);
        List<Costs.Point> points = Costs.points(scale);
        for (Costs.Point point : points) {
            Batch batch = new Batch(point.bindings(), databases, 1);
            double predicted = model.seconds(batch);
            page.append(text(
                    "| %,d | %.1f s | %.1f s | %+.0f %% | %s%s |%n",
                    point.bindings(),
                    point.seconds(),
                    predicted,
                    100 * (predicted / point.seconds() - 1),
                    model.limit(batch).text(),
                    point.equals(points.get(points.size() - 1)) ? "; fitted to this one" : ""));
        }
    }

    private static void sizes(StringBuilder page, Costs costs) {
        page.append(SIZES_HEAD);
        Provisioning model = new Provisioning(costs.cpuEach(), AZURE_SECONDS, WRITES_PER_SECOND, WRITES_AT_ONCE);
        for (int bindings : SIZES) {
            int databases = bindings / ON_ONE_DATABASE;
            Batch batch = new Batch(bindings, databases, 1);
            AtRest rest = new AtRest(bindings, databases, VERIFICATION_SECONDS, RESYNC_SECONDS);
            page.append(text(
                    "| %,d | %,d | %s | %s | %.1f | %.2f | %.0f %% | %,.0f MiB | %,d Mi |%n",
                    bindings,
                    databases,
                    time(model.seconds(batch)),
                    model.limit(batch).text(),
                    rest.verificationsPerSecond(),
                    rest.readsPerSecond(),
                    100 * rest.verificationsPerSecond() * costs.cpuEach() / 2,
                    costs.memory().needed(bindings),
                    stepped(costs.memory().limit(bindings))));
        }
    }

    /** Rounded up to a multiple of {@value #ROUND}. */
    private static int stepped(double limit) {
        return (int) Math.ceil(limit / ROUND) * ROUND;
    }

    private static String time(double seconds) {
        return seconds < 120
                ? Table.number(Math.round(seconds)) + " s"
                : Table.number(Math.round(seconds / 60)) + " min";
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static final String BEFORE = """
            # Scaling

            The limits of an installation, their sources, and recommended settings for its size. Measured numbers are those of
            [performance](performance.md); larger sizes are computed from them, and the computation is compared with measured sizes.

            ## Limits

            | limit | source | effect |
            |---|---|---|
            | one change of a database at a time, 8.7 s each | Azure fails parallel changes; recorded | 100 new bindings on one database take 15 minutes, independent of the operator |
            | 10 writes a second and 200 at once, for each subscription and principal | Azure Resource Manager's token bucket | new bindings of a whole subscription: 36,000 an hour |
            | 25 reads a second and 250 at once, for the same | the same | polling and resync; lanes share 20 a second, so with many lanes each polls less often |
            | four writes for each new binding, one more if Azure takes longer than four seconds, and two token requests | the operator; the writes are counted in every build | load of the API server; none at rest |
            | 16 verifications at once | `REDIS_ACCESS_VERIFICATION_CONCURRENCY` | with 0.1 s each, 160 a second; a quarter of that for one database and for one namespace |
            | 100 token exchanges a second and 200 at once, for each namespace | the operator | new bindings of one namespace: about 40 a second |
            | one exchange in 10 s and three at once, for a binding whose identity changes | the operator | a client ID that keeps changing |
            | one leader | the Lease | CPU and memory of one pod; replicas take over, they do not share |
            | 28 % of the memory limit is heap | the image's flags | the number of bindings, ServiceAccounts, namespaces and ConfigMaps |

            ServiceAccounts and namespaces are also watched, so a cluster with many that have no binding needs memory for them; only the
            client ID and the labels of each are kept.

            ## The model

            New bindings are a batch that passes stations one after the other: the machine, the lane of each database, Azure's quota.
            The batch ends when the slowest station has served all, and the last binding has passed the others:
            `max(N · s) + the others' s`. It is in `benchmark/`, package `model`, where a test compares it with a simulation, binding by
            binding.

            """;

    private static final String PARAMETERS = """
            Measured: %.0f ms of the operator's CPU for a new binding; %.0f ms of the whole machine, including API server, Azure, Redis
            and load generator; %.0f MiB of resident memory with few bindings after some work; %.0f MiB of live heap without bindings, and
            %.1f KiB more for each, with its ServiceAccount and ConfigMap.

            """;

    private static final String CHECK = """
            ## Comparison with measurements

            Batches of growing size on the same platform (scenario `scale`), Azure ten times as fast as recorded. The model is fitted to
            the largest one only.

            | bindings | measured | model | difference | limited by |
            |---:|---:|---:|---:|---|
            """;

    private static final String SIZES_HEAD = """

            ## Sizes

            A hundred bindings on each database, all databases in one subscription, Azure as recorded, all settings at their defaults. "All
            at once" is the time until the last is Ready when all are applied together, as when a cluster is restored.

            | bindings | databases | all at once | limited by | verifications a second at rest | ARM reads a second at rest | CPU at rest, of a core, at most | memory | memory limit |
            |---:|---:|---:|---|---:|---:|---:|---:|---:|
            """;

    private static final String AFTER = """

            CPU at rest is computed as half of a new binding's CPU for each verification: a new binding needs two tokens and one login. Memory
            is the base of the process plus live heap with the collector's headroom. Memory and CPU above the measured sizes are
            extrapolated.

            ## Recommended settings

            | bindings | set |
            |---:|---|
            | up to 1,000 | nothing: the chart's defaults |
            | up to 10,000 | nothing: the chart's memory limit is sufficient; a CPU request of half a core if many bindings are applied at once |
            | up to 100,000 | `verification.periodSeconds: 3600` in the bindings, for a quarter of the verifications; `REDIS_ACCESS_VERIFICATION_CONCURRENCY: 32`; memory from the table; databases in several subscriptions, because each has its own write quota |
            | more, or isolation of one team's load from another's | [several installations](install.md#several-installations-in-one-cluster), each with its own identity: each has its own leader, memory and Azure quota. A database is then registered once and read by each installation |

            Installations divide a cluster by namespaces (`watchNamespaces`), not by a label of bindings: a label is written by the team, and
            a binding that moved to another installation would be adopted there and never revoked. Installations do not know each other's
            changes in Azure: bindings on one database belong in one installation, or its changes fail and are repeated
            (`TwoInstallationsTest` has two installations with a database each).

            With a period longer than 900 s a lost access is detected later; pods do not lose access because of it.
            """;
}
