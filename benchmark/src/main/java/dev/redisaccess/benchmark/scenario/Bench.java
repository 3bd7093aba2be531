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

/** A platform with an operator on it, which scenarios with an equal setup share. Both begin when they are first asked for. */
public final class Bench implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** Azure takes nine seconds at most. */
    private static final Duration STUCK = Duration.ofMinutes(1);

    /** No write and no request to Azure for this long: what was to be done is done. */
    private static final Duration QUIET = Duration.ofSeconds(3);

    private final Setup setup;
    private final JavaProgram program;
    private Optional<Platform> platform = Optional.empty();
    private Optional<OperatorProcess> operator = Optional.empty();

    public Bench(Setup setup, JavaProgram program) {
        this.setup = setup;
        this.program = program;
    }

    /** What the platform is, or would be. */
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

    /** The operator, started with the databases registered and Ready if it does not run yet. */
    public OperatorProcess operator() {
        if (operator.isEmpty()) {
            platform().population().registerDatabases();
            operator = Optional.of(platform().startOperator(program));
            platform().population().awaitDatabases();
        }
        return operator.get();
    }

    /** Ends the operator that runs, as the kubelet does, and starts another. */
    public OperatorProcess restartOperator() {
        return restartOperator(program);
    }

    /** The same, with another runtime or other flags. */
    OperatorProcess restartOperator(JavaProgram other) {
        stopOperator();
        operator = Optional.of(platform().startOperator(other));
        return operator.get();
    }

    /** Ends the operator that runs, as the kubelet does. */
    void stopOperator() {
        operator.ifPresent(OperatorProcess::close);
        operator = Optional.empty();
    }

    /** Sees to it that at least so many bindings are there and Ready. */
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
     * Waits until all of them were seen Ready.
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
     * Waits until something has come about, while the operator lives.
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

    /** Waits until the operator writes nothing any more: events are told after the status. */
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
