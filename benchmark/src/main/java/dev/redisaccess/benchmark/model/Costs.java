package dev.redisaccess.benchmark.model;

import dev.redisaccess.benchmark.report.Result;
import java.util.ArrayList;
import java.util.List;

/**
 * What one binding costs, from measurement.
 *
 * @param secondsEach until Ready, in a storm, of all that a binding needs on the machine that was measured: operator, API
 *     server and Azure on its processors
 * @param cpuEach seconds of the operator's CPU until Ready
 * @param memoryBase MiB in RAM without bindings
 * @param memoryEach MiB for each binding
 * @param azureSeconds that Azure took for one assignment in that storm
 */
public record Costs(double secondsEach, double cpuEach, double memoryBase, double memoryEach, double azureSeconds) {

    /** One point that was measured. */
    public record Point(int bindings, int inAll, double seconds, double cpu, double memory) {}

    /** The points of a result of the scenario scale, in the order of their sizes. */
    public static List<Point> points(Result scale) {
        List<Point> points = new ArrayList<>();
        for (int i = 1; has(scale, i); i++) {
            String step = "step " + i + ", ";
            points.add(new Point(
                    (int) scale.value(step + "bindings"),
                    (int) scale.value(step + "bindings in all"),
                    scale.value(step + "until all are Ready"),
                    scale.value(step + "operator's CPU"),
                    scale.value(step + "resident memory")));
        }
        return points;
    }

    private static boolean has(Result scale, int step) {
        return scale.measures().stream().anyMatch(measure -> measure.name().equals("step " + step + ", bindings"));
    }

    /**
     * Fitted to the largest point only, so that the others check it.
     *
     * @param idle MiB in RAM without bindings, as measured
     */
    public static Costs of(Result scale, double idle) {
        List<Point> points = points(scale);
        Point largest = points.get(points.size() - 1);
        double azure = Double.parseDouble(scale.conditions().get("Azure takes").split(" ")[0]) / 1000;
        return new Costs(
                largest.seconds() / largest.bindings(),
                largest.cpu() / largest.bindings(),
                idle,
                Math.max(0, (largest.memory() - idle) / largest.inAll()),
                azure);
    }
}
