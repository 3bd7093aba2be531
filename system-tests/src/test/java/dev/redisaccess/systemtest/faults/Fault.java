package dev.redisaccess.systemtest.faults;

import dev.redisaccess.operator.api.Federation;
import dev.redisaccess.operator.api.Reason;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A row of the matrix: a fault, how it begins, and what is expected at each step. Steps that are not named are not run. */
final class Fault {

    private final String name;
    private final Consumer<Scene> beginning;
    private final Map<Step, Expectation> expected = new EnumMap<>(Step.class);
    private final Set<Step> quick = EnumSet.noneOf(Step.class);
    private Consumer<Scene> holding = scene -> {};
    private Federation federation = Federation.AUTO;
    private boolean stopsLogins;
    private boolean alongsideOthers;
    private Optional<Integer> shards = Optional.empty();

    private Fault(String name, Consumer<Scene> beginning) {
        this.name = name;
        this.beginning = beginning;
    }

    /**
     * @param name lower-case words with dashes, at most 40 characters: it becomes part of the names of objects
     * @param beginning injects the fault, and registers with the scene how it is removed
     */
    static Fault of(String name, Consumer<Scene> beginning) {
        return new Fault(name, beginning);
    }

    /** While it lasts, this is why the binding is not Ready. */
    Fault shows(Reason reason, Step... steps) {
        return expect(new Expectation.Shows(EnumSet.of(reason)), steps);
    }

    /** While it lasts, either is: which one depends on how far the operator had come. */
    Fault showsEither(Reason one, Reason other, Step... steps) {
        return expect(new Expectation.Shows(EnumSet.of(one, other)), steps);
    }

    /** The step comes to its end all the same. */
    Fault passes(Step... steps) {
        return expect(new Expectation.Passes(), steps);
    }

    /** It can't be reported while it lasts, because status can't be written. */
    Fault hides(Step... steps) {
        return lastsFor(Duration.ofSeconds(8), steps);
    }

    /** The same, for that long. */
    Fault lastsFor(Duration time, Step... steps) {
        return expect(new Expectation.Hidden(time), steps);
    }

    /** A Ready binding stays Ready; the registration reports what is wrong. */
    Fault staysReady(Reason ofDatabase) {
        return expect(new Expectation.StaysReady(Optional.of(ofDatabase)), Step.READY);
    }

    /** A Ready binding stays Ready, and nothing is reported. */
    Fault staysReady() {
        return expect(new Expectation.StaysReady(Optional.empty()), Step.READY);
    }

    /** The workload is identified on this way, which is the only one that is set up. By default the binding requires none. */
    Fault by(Federation way) {
        federation = way;
        return this;
    }

    /** What else must hold, once it is shown and while it lasts. */
    Fault holding(Consumer<Scene> check) {
        holding = check;
        return this;
    }

    /** Terraform has granted another principal access before, which must stay. */
    Fault alongsideOthers() {
        alongsideOthers = true;
        return this;
    }

    /** No login works while it lasts: a binding that becomes Ready meanwhile is wrong. */
    Fault stoppingLogins() {
        stopsLogins = true;
        return this;
    }

    /** The database is an OSSCluster. */
    Fault onShards(int count) {
        shards = Optional.of(count);
        return this;
    }

    /** These cells are run in every build. */
    Fault quick(Step... steps) {
        for (Step step : steps) {
            if (!expected.containsKey(step)) {
                throw new IllegalArgumentException(name + " is not run at " + step);
            }
            quick.add(step);
        }
        return this;
    }

    private Fault expect(Expectation expectation, Step... steps) {
        for (Step step : steps) {
            if (expected.put(step, expectation) != null) {
                throw new IllegalArgumentException(name + " has two expectations at " + step);
            }
        }
        return this;
    }

    String name() {
        return name;
    }

    Federation federation() {
        return federation;
    }

    void begin(Scene scene) {
        beginning.accept(scene);
    }

    void mustHold(Scene scene) {
        holding.accept(scene);
    }

    boolean isAlongsideOthers() {
        return alongsideOthers;
    }

    Optional<Expectation> at(Step step) {
        return Optional.ofNullable(expected.get(step));
    }

    boolean quickAt(Step step) {
        return quick.contains(step);
    }

    boolean stopsLogins() {
        return stopsLogins;
    }

    Optional<Integer> shards() {
        return shards;
    }
}
