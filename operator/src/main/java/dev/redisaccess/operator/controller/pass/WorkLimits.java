package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.binding.Rate;
import java.time.Duration;

/**
 * Limits of concurrent work: in total, for one database, and for one namespace. The threads are a quarter more than the
 * verifications, so that identifications always have some of their own: a verification holds its thread for its whole time
 * limit where a database does not answer, an exchange at Entra is a matter of 0.2 s.
 *
 * @param verifications at once
 * @param perDatabase verifications of one database at once
 * @param perNamespace verifications of one namespace at once
 * @param threads pieces of work of any kind at once
 * @param exchanges how often one namespace may exchange a token
 */
public record WorkLimits(int verifications, int perDatabase, int perNamespace, int threads, Rate exchanges) {

    /**
     * 100 a second on average, and 200 at once. Each piece of work exchanges one token: a new binding has one
     * identification and one verification, and sometimes a few more verifications while its assignment propagates. The
     * fastest storm seen so far, on two cores, made 24 bindings a second Ready, all in one namespace; its exchanges stay
     * below this rate, so it is not slowed down. Above it, a namespace leaves the connections to Entra to others.
     */
    static final Rate EXCHANGES = new Rate(Duration.ofMillis(10), 200);

    /** @param verifications at once, at least 1; a database and a namespace get a quarter, at least 1 */
    public static WorkLimits of(int verifications) {
        int quarter = Math.max(1, verifications / 4);
        return new WorkLimits(verifications, quarter, quarter, verifications + quarter, EXCHANGES);
    }
}
