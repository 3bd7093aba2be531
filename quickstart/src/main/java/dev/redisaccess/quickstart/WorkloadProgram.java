package dev.redisaccess.quickstart;

import dev.redisaccess.quickstart.process.ChildProcess;
import dev.redisaccess.quickstart.process.Jars;
import dev.redisaccess.quickstart.process.Launch;
import dev.redisaccess.quickstart.process.Programs;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sample workload: a JVM with nothing but what a pod gets. */
final class WorkloadProgram {
    private final ChildProcess process;

    private WorkloadProgram(ChildProcess process) {
        this.process = process;
    }

    /**
     * @param published the ConfigMap's data, as {@code envFrom} gives it
     * @param injected what the workload identity webhook adds; it wins, as {@code env} wins over {@code envFrom}
     */
    static WorkloadProgram start(Programs programs, Map<String, String> published, Map<String, String> injected) {
        Map<String, String> environment = new LinkedHashMap<>(published);
        environment.putAll(injected);
        Launch.ClassPath classPath =
                new Launch.ClassPath(classPath(), "dev.redisaccess.quickstart.workload.SampleWorkload");
        return new WorkloadProgram(programs.start(Launch.isolated("workload", classPath, environment)));
    }

    /** The own jar names its libraries; a directory of classes does not, so take what this JVM was started with. */
    private static String classPath() {
        return Jars.own().toString().endsWith(".jar") ? Jars.own().toString() : System.getProperty("java.class.path");
    }

    /** A line that the workload printed: what happened, how it ended, and its values by name. */
    record Event(String what, boolean ok, Map<String, String> values) {
        static Event parse(String line) {
            String[] words = line.split(" ");
            Map<String, String> values = new LinkedHashMap<>();
            for (String word : words) {
                int equals = word.indexOf('=');
                if (equals > 0) {
                    values.put(word.substring(0, equals), word.substring(equals + 1));
                }
            }
            return new Event(words[0], words.length > 1 && words[1].equals("ok"), values);
        }

        String value(String name) {
            return values.getOrDefault(name, "");
        }
    }

    /** How many events there were. A mark for {@link #await}. */
    int count() {
        return process.lines().size();
    }

    void login() {
        process.say("login");
    }

    /** The first event of that name after the first {@code skip} events. */
    Event await(String what, int skip, Duration limit) {
        return new Patience("workload", limit, List.of(process))
                .until("the workload to report " + what, () -> find(what, skip));
    }

    private Optional<Event> find(String what, int skip) {
        return process.lines().stream()
                .skip(skip)
                .map(Event::parse)
                .filter(event -> event.what().equals(what))
                .findFirst();
    }

    /** As {@link #await}, for what must have gone well. */
    Event awaitOk(String what, Duration limit) {
        Event event = await(what, 0, limit);
        if (!event.ok()) {
            throw failure("expected " + what + " to go well, but it was refused: " + event.value("error"));
        }
        return event;
    }

    StepFailure failure(String message) {
        return new Patience("workload", Duration.ZERO, List.of(process)).failure(message);
    }
}
