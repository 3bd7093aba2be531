package dev.redisaccess.operator.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class FairExecutorTest {

    private final FairExecutor passes = new FairExecutor(1);
    private final List<String> done = new CopyOnWriteArrayList<>();
    private final CountDownLatch begin = new CountDownLatch(1);

    @AfterEach
    void stop() {
        MDC.clear();
        passes.shutdownNow();
    }

    /** As the framework does it: the logging context names the object of the pass. */
    private void submit(String namespace, String pass) {
        MDC.put("resource.namespace", namespace);
        passes.execute(() -> done.add(pass));
        MDC.remove("resource.namespace");
    }

    @Test
    void aNamespaceWithOnePassDoesNotWaitForAllOfAnother() throws InterruptedException {
        passes.execute(this::hold);
        submit("busy", "busy 1");
        submit("busy", "busy 2");
        submit("busy", "busy 3");
        submit("quiet", "quiet 1");

        begin.countDown();
        passes.shutdown();

        assertThat(passes.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(done).containsExactly("busy 1", "quiet 1", "busy 2", "busy 3");
    }

    @Test
    void objectsWithoutNamespaceHaveTheirTurnToo() throws InterruptedException {
        passes.execute(this::hold);
        submit("busy", "busy 1");
        submit("busy", "busy 2");
        passes.execute(() -> done.add("database"));

        begin.countDown();
        passes.shutdown();

        assertThat(passes.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(done).containsExactly("busy 1", "database", "busy 2");
    }

    private void hold() {
        try {
            begin.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
