package dev.redisaccess.testbed;

/**
 * What the operator works on. Scenarios with an equal setup are run one after the other on the same.
 *
 * @param api which API server
 * @param databases how many there are
 * @param pace how long Azure takes
 * @param resyncSeconds of each RedisDatabase, how often ARM is read to detect drift
 * @param verificationSeconds of each binding, from one verification to the next
 */
public record Setup(Api api, int databases, Pace pace, int resyncSeconds, int verificationSeconds) {

    /** The API servers that there are. */
    public enum Api {
        /** The embedded one, in this process. */
        mock,
        /** kube-apiserver and etcd, from {@code KUBEBUILDER_ASSETS}. */
        real
    }

    /**
     * How long changes of an assignment take, in milliseconds.
     *
     * @param create of an assignment
     * @param delete of an assignment
     */
    public record Pace(int create, int delete) {
        /** As Azure was recorded. */
        public static final Pace RECORDED = new Pace(8690, 5990);

        /** A tenth of that. */
        public static final Pace TENTH = new Pace(869, 599);

        /** No duration, so that Azure is not measured. */
        public static final Pace NONE = new Pace(0, 0);
    }
}
