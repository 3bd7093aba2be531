package dev.redisaccess.benchmark.model;

/**
 * The time for many bindings that are applied at once: a batch through stations one after the other, each with its own
 * rate. The batch ends when the slowest station has served all and the last binding has passed the others:
 * {@code max_i(N · s_i) + sum of the other s_j}.
 *
 * @param secondsEach of the machine that serves all of them, for one binding
 * @param azureSeconds for one assignment; a database does one at a time
 * @param writesPerSecond of a subscription that Azure Resource Manager admits in the long run
 * @param writesAtOnce that it admits in addition, once
 */
public record Provisioning(double secondsEach, double azureSeconds, double writesPerSecond, double writesAtOnce) {

    /** The limits of a batch. */
    public enum Limit {
        /** Operator, API server and all other load of the machine. */
        MACHINE("the machine"),
        /** Azure changes one assignment of a database at a time. */
        LANE("Azure, one change of a database at a time"),
        /** The write quota of the subscription. */
        QUOTA("Azure's write quota of the subscription");

        private final String text;

        Limit(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /** A batch, and the databases and subscriptions that it is spread over. */
    public record Batch(int bindings, int databases, int subscriptions) {
        /** On the fullest database. */
        int onOneDatabase() {
            return (bindings + databases - 1) / databases;
        }
    }

    /** The seconds until all are Ready. */
    public double seconds(Batch batch) {
        double slowest = Math.max(machine(batch), Math.max(lane(batch), quota(batch)));
        double passing = limit(batch) == Limit.MACHINE ? azureSeconds : secondsEach;
        return slowest + passing;
    }

    /** The limit that determines the time. */
    public Limit limit(Batch batch) {
        if (quota(batch) >= lane(batch) && quota(batch) >= machine(batch)) {
            return Limit.QUOTA;
        }
        return lane(batch) >= machine(batch) ? Limit.LANE : Limit.MACHINE;
    }

    private double machine(Batch batch) {
        return batch.bindings() * secondsEach;
    }

    private double lane(Batch batch) {
        return batch.onOneDatabase() * azureSeconds;
    }

    private double quota(Batch batch) {
        double atOnce = writesAtOnce * batch.subscriptions();
        return Math.max(0, batch.bindings() - atOnce) / (writesPerSecond * batch.subscriptions());
    }
}
