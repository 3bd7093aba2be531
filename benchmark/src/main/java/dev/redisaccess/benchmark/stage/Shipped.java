package dev.redisaccess.benchmark.stage;

import dev.redisaccess.quickstart.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How the operator is shipped: the JVM flags of its image ({@code operator/pom.xml}) under the chart's memory limit
 * ({@code values.yaml}). Both are read from where they are written, so that what is measured is what runs.
 *
 * @param flags of the image
 * @param memoryLimitMebibytes the chart's
 */
public record Shipped(List<String> flags, int memoryLimitMebibytes) {

    private static final Pattern FLAG = Pattern.compile("<jvmFlag>([^<]+)</jvmFlag>");

    public Shipped {
        flags = List.copyOf(flags);
    }

    /** Reads them from this program's jar, where the build put them. */
    public static Shipped read() {
        List<String> flags = FLAG.matcher(resource("/shipped/operator/pom.xml"))
                .results()
                .map(found -> found.group(1))
                .toList();
        String limit = Json.parseObject(resource("/shipped/chart/values.yaml"))
                .path("resources")
                .path("limits")
                .path("memory")
                .asText();
        if (flags.isEmpty() || !limit.endsWith("Mi")) {
            throw new IllegalStateException("the image's flags or the chart's memory limit are not where they were");
        }
        return new Shipped(flags, Integer.parseInt(limit.substring(0, limit.length() - 2)));
    }

    /** The flags for a process without a container: the limit is told, not found. */
    public List<String> jvmFlags() {
        List<String> all = new ArrayList<>(flags);
        all.add("-XX:MaxRAM=" + memoryLimitMebibytes + "m");
        return all;
    }

    private static String resource(String name) {
        try (InputStream in = Shipped.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in this program's jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
