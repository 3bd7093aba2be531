package dev.redisaccess.benchmark.model;

/**
 * How long many bindings take that are applied at once: a batch through stations one after the other, each with its own
 * rate. All of it is through when the slowest station has served everybody and the last one has passed the others:
 * {@code max_i(N · s_i) + sum of the other s_j}.
 *
 * @param secondsEach of the machine that serves all of them, for one binding
 * @param azureSeconds for one assignment; a database does one at a time
 * @param writesPerSecond that Azure Resource Manager lets a subscription have in the long run
 * @param writesAtOnce that it lets it have on top, once
 */
public record Provisioning(double secondsEach, double azureSeconds, double writesPerSecond, double writesAtOnce) {

    /** What slows a batch down. */
    public enum Limit {
        /** Operator, API server and what else the machine does. */
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

    /** A batch, and what it is spread over. */
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

    /** What it is limited by. */
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
