package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.binding.port.WorkLoad;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Work that waits for a thread. Namespaces take turns, one piece each; within a namespace identifications come before
 * verifications, and databases take turns. A piece over a limit is skipped and holds no thread. The queue starts nothing, and
 * has no clock.
 *
 * <p>A queue in front of each database was rejected: a namespace with many databases would then have as many turns.
 */
final class WorkQueue {

    /**
     * One piece of work.
     *
     * @param namespace of its binding
     * @param database that a verification logs in to; empty: an identification
     * @param since when it waits
     */
    record Piece(String namespace, Optional<Endpoint> database, Instant since, Runnable run) {}

    private final WorkLimits limits;

    /** Of each namespace that has work; the first is the next. */
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();

    /** Of each namespace that has exchanged tokens recently: {@link dev.redisaccess.operator.binding.Rate#taken}. */
    private final Map<String, Instant> paidUntil = new HashMap<>();

    private final Map<Endpoint, Integer> ofDatabase = new HashMap<>();
    private final Map<String, Integer> ofNamespace = new HashMap<>();
    private int verifications;
    private int running;

    WorkQueue(WorkLimits limits) {
        this.limits = limits;
    }

    synchronized void add(Piece piece) {
        waiting.computeIfAbsent(piece.namespace(), any -> new Waiting()).add(piece);
    }

    /** The next piece that may start now. It counts as running until {@link #done}. */
    synchronized Optional<Piece> next(Instant now) {
        if (running >= limits.threads()) {
            return Optional.empty();
        }
        var turns = waiting.entrySet().iterator();
        while (turns.hasNext()) {
            Map.Entry<String, Waiting> turn = turns.next();
            Optional<Piece> piece = opens(turn.getKey(), now).isAfter(now)
                    ? Optional.empty()
                    : turn.getValue().take(this::mayVerify);
            if (piece.isPresent()) {
                turns.remove();
                if (!turn.getValue().isEmpty()) {
                    waiting.put(turn.getKey(), turn.getValue()); // to the end
                }
                start(piece.get(), now);
                return piece;
            }
        }
        return Optional.empty();
    }

    /** What waits. Looks only at the first piece of each order, which is its oldest. */
    synchronized WorkLoad load() {
        int identifications = 0;
        int verifying = 0;
        Instant oldest = Instant.MAX;
        for (Waiting own : waiting.values()) {
            identifications += own.identifications.size();
            oldest = older(oldest, own.identifications);
            for (Deque<Piece> pieces : own.verifications.values()) {
                verifying += pieces.size();
                oldest = older(oldest, pieces);
            }
        }
        return new WorkLoad(
                identifications, verifying, oldest.equals(Instant.MAX) ? Optional.empty() : Optional.of(oldest));
    }

    private static Instant older(Instant oldest, Deque<Piece> pieces) {
        return pieces.isEmpty() || oldest.isBefore(pieces.peekFirst().since())
                ? oldest
                : pieces.peekFirst().since();
    }

    /** A piece has ended. */
    synchronized void done(Piece piece) {
        running--;
        piece.database().ifPresent(database -> {
            verifications--;
            ofDatabase.computeIfPresent(database, (any, count) -> count == 1 ? null : count - 1);
            ofNamespace.computeIfPresent(piece.namespace(), (any, count) -> count == 1 ? null : count - 1);
        });
    }

    /** When the first of the namespaces that have exhausted their exchanges may start a piece again; empty: none has. */
    synchronized Optional<Instant> opens(Instant now) {
        return waiting.keySet().stream()
                .map(namespace -> opens(namespace, now))
                .filter(now::isBefore)
                .min(Instant::compareTo);
    }

    private Instant opens(String namespace, Instant now) {
        return limits.exchanges().next(paidUntil.getOrDefault(namespace, Instant.MIN), now);
    }

    private boolean mayVerify(Piece piece) {
        return verifications < limits.verifications()
                && ofDatabase.getOrDefault(piece.database().orElseThrow(), 0) < limits.perDatabase()
                && ofNamespace.getOrDefault(piece.namespace(), 0) < limits.perNamespace();
    }

    private void start(Piece piece, Instant now) {
        running++;
        paidUntil.values().removeIf(paid -> !paid.isAfter(now));
        paidUntil.compute(
                piece.namespace(), (any, paid) -> limits.exchanges().taken(paid == null ? Instant.MIN : paid, now));
        piece.database().ifPresent(database -> {
            verifications++;
            ofDatabase.merge(database, 1, Integer::sum);
            ofNamespace.merge(piece.namespace(), 1, Integer::sum);
        });
    }

    /** The work of one namespace. */
    private static final class Waiting {

        private final Deque<Piece> identifications = new ArrayDeque<>();

        /** Of each database; the first is the next. */
        private final Map<Endpoint, Deque<Piece>> verifications = new LinkedHashMap<>();

        void add(Piece piece) {
            piece.database()
                    .map(database -> verifications.computeIfAbsent(database, any -> new ArrayDeque<>()))
                    .orElse(identifications)
                    .addLast(piece);
        }

        boolean isEmpty() {
            return identifications.isEmpty() && verifications.isEmpty();
        }

        Optional<Piece> take(Predicate<Piece> may) {
            if (!identifications.isEmpty()) {
                return Optional.of(identifications.pollFirst());
            }
            var turns = verifications.entrySet().iterator();
            while (turns.hasNext()) {
                Map.Entry<Endpoint, Deque<Piece>> turn = turns.next();
                Deque<Piece> own = turn.getValue();
                if (may.test(own.peekFirst())) {
                    Endpoint database = turn.getKey();
                    turns.remove();
                    Piece piece = own.pollFirst();
                    if (!own.isEmpty()) {
                        verifications.put(database, own); // to the end
                    }
                    return Optional.of(piece);
                }
            }
            return Optional.empty();
        }
    }
}
