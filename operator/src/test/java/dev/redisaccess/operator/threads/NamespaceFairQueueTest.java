package dev.redisaccess.operator.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class NamespaceFairQueueTest {

    private final Deque<Runnable> threads = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();
    private final NamespaceFairQueue turns = new NamespaceFairQueue(threads::add);

    private void add(String namespace, int number) {
        turns.add(namespace, () -> done.add(namespace + number));
    }

    private void runAll() {
        while (!threads.isEmpty()) {
            threads.poll().run();
        }
    }

    @Test
    void aNamespaceWithMuchWorkDelaysNoOther() {
        for (int i = 0; i < 4; i++) {
            add("busy", i);
        }
        add("late", 0);
        add("later", 0);

        runAll();

        assertThat(done).containsExactly("busy0", "late0", "later0", "busy1", "busy2", "busy3");
    }

    @Test
    void workThatComesWhileOtherIsDoneWaitsForItsTurn() {
        add("busy", 0);
        add("busy", 1);
        threads.poll().run();
        add("late", 0);

        runAll();

        assertThat(done).containsExactly("busy0", "busy1", "late0");
    }

    @Test
    void whatIsRefusedIsNotDoneLater() {
        var closed = new NamespaceFairQueue(work -> {
            if (done.isEmpty()) {
                done.add("open");
                threads.add(work);
            } else {
                throw new RejectedExecutionException();
            }
        });
        closed.add("a", () -> done.add("first"));

        assertThatThrownBy(() -> closed.add("a", () -> done.add("refused")))
                .isInstanceOf(RejectedExecutionException.class);

        runAll();
        assertThat(done).containsExactly("open", "first");
    }
}
