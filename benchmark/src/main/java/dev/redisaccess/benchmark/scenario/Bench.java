package dev.redisaccess.benchmark.scenario;

import dev.redisaccess.launcher.JavaProgram;
import dev.redisaccess.launcher.OperatorProcess;
import dev.redisaccess.testbed.Bound;
import dev.redisaccess.testbed.Platform;
import dev.redisaccess.testbed.Setup;
import dev.redisaccess.testbed.TestbedFailure;
import dev.redisaccess.testbed.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A platform with an operator, shared by scenarios with an equal setup. Both are started at their first use. */
public final class Bench implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** Azure takes nine seconds at most. */
    private static final Duration STUCK = Duration.ofMinutes(1);

    /** No write and no request to Azure for this long: all work has ended. */
    private static final Duration QUIET = Duration.ofSeconds(3);

    private final Setup setup;
    private final JavaProgram program;
    private Optional<Platform> platform = Optional.empty();
    private Optional<OperatorProcess> operator = Optional.empty();

    public Bench(Setup setup, JavaProgram program) {
        this.setup = setup;
        this.program = program;
    }

    /** The setup of the platform, also before its start. */
    public Setup setup() {
        return setup;
    }

    public Platform platform() {
        if (platform.isEmpty()) {
            platform = Optional.of(Platform.open(setup));
        }
        return platform.get();
    }

    public JavaProgram program() {
        return program;
    }

    /** The operator; if it is not running, it is started, with the databases registered and Ready. */
    public OperatorProcess operator() {
        if (operator.isEmpty()) {
            platform().population().registerDatabases();
            operator = Optional.of(platform().startOperator(program));
            platform().population().awaitDatabases();
        }
        return operator.get();
    }

    /** Stops the running operator, as the kubelet does, and starts another. */
    public OperatorProcess restartOperator() {
        return restartOperator(program);
    }

    /** Restarts the operator with another runtime or other flags. */
    OperatorProcess restartOperator(JavaProgram other) {
        stopOperator();
        operator = Optional.of(platform().startOperator(other));
        return operator.get();
    }

    /** Stops the running operator, as the kubelet does. */
    void stopOperator() {
        operator.ifPresent(OperatorProcess::close);
        operator = Optional.empty();
    }

    /** Creates bindings until there are at least so many, and waits until they are Ready. */
    public void fill(int bindings) {
        operator();
        int missing = bindings - platform().population().bound().size();
        if (missing > 0) {
            List<Bound> more = platform().population().prepare(missing);
            platform().population().bindAll(more);
            awaitReady(more);
        }
        awaitQuiet();
    }

    /**
     * Waits until all of them were observed Ready.
     *
     * @throws TestbedFailure if none more becomes Ready for some minutes, saying what one of them waits for
     */
    public void awaitReady(List<Bound> bound) {
        long ready = 0;
        while (ready < bound.size()) {
            long before = ready;
            try {
                await(
                        STUCK,
                        "another binding to be Ready",
                        () -> platform().population().readyOf(bound) > before);
            } catch (TestbedFailure stuck) {
                throw new TestbedFailure(
                        stuck.getMessage() + "; " + platform().population().explain(bound));
            }
            ready = platform().population().readyOf(bound);
        }
    }

    /**
     * Waits for a condition while the operator is running.
     *
     * @throws TestbedFailure if it does not within some minutes
     */
    void await(String what, BooleanSupplier condition) {
        await(LONGEST, what, condition);
    }

    private void await(Duration limit, String what, BooleanSupplier condition) {
        Waiting.of(limit, Duration.ofMillis(50)).until(what, () -> {
            operator.ifPresent(Platform::requireAlive);
            return condition.getAsBoolean();
        });
    }

    /** Waits until the operator has stopped writing: Events are written after the status. */
    public void awaitQuiet() {
        await("the operator to have nothing to do", () -> {
            Instant from = Instant.now().minus(QUIET);
            return platform().writesSince(from) == 0
                    && platform().azureCalls().count(from, call -> call.isArmWrite()) == 0;
        });
    }

    @Override
    public void close() {
        operator.ifPresent(OperatorProcess::close);
        platform.ifPresent(Platform::close);
    }
}
