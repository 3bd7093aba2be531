package dev.redisaccess.benchmark.model;

import dev.redisaccess.benchmark.report.Result;
import java.util.ArrayList;
import java.util.List;

/**
 * The measured cost of one binding.
 *
 * @param secondsEach until Ready, in a storm, of everything that a binding needs on the measured machine: operator, API
 *     server and Azure on its processors
 * @param cpuEach seconds of the operator's CPU until Ready
 * @param memory its memory
 * @param azureSeconds that Azure took for one assignment in that storm
 */
public record Costs(double secondsEach, double cpuEach, Memory memory, double azureSeconds) {

    /**
     * Memory, in MiB.
     *
     * @param resident in RAM with few bindings, but after some work: code, threads, classes, and a heap that was used
     * @param heap live heap without bindings
     * @param heapEach live heap for each binding
     */
    public record Memory(double resident, double heap, double heapEach) {

        /** With less than a quarter of the heap free, collecting takes more time than it is worth. */
        private static final double ROOM = 1 / 0.75;

        /** The heap's share of the limit, by the image's flags. */
        private static final double HEAP = 0.28;

        /** The resident memory of the process. */
        public double needed(int bindings) {
            return resident + ROOM * heapEach * bindings;
        }

        /** The least limit under which the largest heap has that room, and RAM has a fifth to spare. */
        public double limit(int bindings) {
            double alive = heap + heapEach * bindings;
            return Math.max(1.2 * needed(bindings), ROOM * alive / HEAP);
        }
    }

    /** One point that was measured. */
    public record Point(int bindings, int inAll, double seconds, double cpu, double resident, double heap) {}

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
                    scale.value(step + "resident memory"),
                    scale.value(step + "live heap")));
        }
        return points;
    }

    private static boolean has(Result scale, int step) {
        return scale.measures().stream().anyMatch(measure -> measure.name().equals("step " + step + ", bindings"));
    }

    /** Times are those of the largest point only, so that the others check them. */
    public static Costs of(Result scale) {
        List<Point> points = points(scale);
        Point first = points.get(0);
        Point largest = points.get(points.size() - 1);
        double heapEach = Math.max(0, (largest.heap() - first.heap()) / (largest.inAll() - first.inAll()));
        double azure = Double.parseDouble(scale.conditions().get("Azure takes").split(" ")[0]) / 1000;
        return new Costs(
                largest.seconds() / largest.bindings(),
                largest.cpu() / largest.bindings(),
                new Memory(first.resident(), first.heap() - heapEach * first.inAll(), heapEach),
                azure);
    }
}
