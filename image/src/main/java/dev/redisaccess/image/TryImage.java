package dev.redisaccess.image;

import dev.redisaccess.launcher.JavaProgram;
import dev.redisaccess.launcher.OperatorProcess;
import dev.redisaccess.launcher.ProcessUse;
import dev.redisaccess.testbed.AotCache;
import dev.redisaccess.testbed.Platform;
import dev.redisaccess.testbed.TestbedFailure;
import dev.redisaccess.testbed.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts an image with its AOT cache and without. */
@Command(
        name = "try",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Starts the operator of an unpacked image with its AOT cache, which it must be able to use, and without.")
public final class TryImage implements Callable<Integer> {

    private static final int BINDINGS = 8;
    private static final Duration IDLE = Duration.ofSeconds(2);

    @Mixin
    private ImageOptions image;

    @Option(names = "--starts", defaultValue = "3", description = "How many of each kind. Default: ${DEFAULT-VALUE}.")
    private int starts;

    @Override
    public Integer call() {
        try (Platform platform = Platform.open(Training.setup())) {
            platform.population().registerDatabases();
            JavaProgram program = image.program();
            if (program.flags().stream().noneMatch(AotCache::isFlag)) {
                throw new TestbedFailure("The image has no AOT cache.");
            }
            // By default a runtime that can't use the cache continues without it.
            report("with its AOT cache", platform, program.plus(List.of("-XX:AOTMode=on")));
            report("without", platform, program.without(AotCache::isFlag));
        }
        return 0;
    }

    /**
     * One start and the measures after it.
     *
     * @param start seconds to leading and watching
     * @param cpu seconds until then, which what other processes do hardly lengthens
     * @param ready seconds from applying the bindings until all are Ready
     * @param before MiB in RAM, without bindings
     * @param after MiB in RAM, when they are gone
     */
    private record Trial(double start, double cpu, double ready, double before, double after) {

        static Trial of(Platform platform, OperatorProcess operator) {
            double start = seconds(Duration.between(operator.began(), Instant.now()));
            double cpu = ProcessUse.of(operator.pid()).cpuSeconds();
            platform.population().awaitDatabases();
            Waiting.pause(IDLE);
            double before = ProcessUse.of(operator.pid()).residentMebibytes();
            FirstBindings bindings = FirstBindings.on(platform, BINDINGS);
            double ready = seconds(bindings.ready());
            bindings.gone();
            double after = ProcessUse.of(operator.pid()).residentMebibytes();
            return new Trial(start, cpu, ready, before, after);
        }
    }

    private void report(String how, Platform platform, JavaProgram program) {
        List<Trial> trials = new ArrayList<>();
        for (int i = 0; i < starts; i++) {
            trials.add(once(platform, program));
        }
        System.out.printf(
                "%s: %.2f s to leading and watching, %.2f s of CPU; %d bindings Ready after %.2f s;"
                        + " MiB in RAM before and after: %.0f, %.0f%n",
                how,
                median(trials, Trial::start),
                median(trials, Trial::cpu),
                BINDINGS,
                median(trials, Trial::ready),
                median(trials, Trial::before),
                median(trials, Trial::after));
    }

    private static Trial once(Platform platform, JavaProgram program) {
        try (OperatorProcess operator = platform.startOperator(program)) {
            return Trial.of(platform, operator);
        }
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }

    private static double median(List<Trial> trials, Function<Trial, Double> figure) {
        return trials.stream().map(figure).sorted().toList().get(trials.size() / 2);
    }
}
