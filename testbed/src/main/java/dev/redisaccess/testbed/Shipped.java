package dev.redisaccess.testbed;

import dev.redisaccess.kubernetes.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the operator is shipped: JVM flags and environment of its image ({@code operator/pom.xml}) under the chart's memory limit
 * ({@code values.yaml}). Both are read from where they are written, so that what is measured is what runs.
 *
 * @param flags of the image, whether it has an AOT cache or not
 * @param aotCache where the image has its AOT cache if it has one
 * @param environment of the image
 * @param memoryLimitMebibytes the chart's
 */
public record Shipped(List<String> flags, String aotCache, Map<String, String> environment, int memoryLimitMebibytes) {

    private static final Pattern ENVIRONMENT = Pattern.compile("(?s)<environment>(.*?)</environment>");
    private static final Pattern VARIABLE = Pattern.compile("<([A-Z_]+)>([^<]+)</");
    private static final Pattern FLAG = Pattern.compile("<jvmFlag>([^<]+)</jvmFlag>");

    public Shipped {
        flags = List.copyOf(flags);
        environment = Map.copyOf(environment);
    }

    /** Reads them from this program's jar, where the build put them. */
    public static Shipped read() {
        String pom = resource("/shipped/operator/pom.xml");
        Map<String, String> environment = ENVIRONMENT
                .matcher(pom)
                .results()
                .flatMap(block -> VARIABLE.matcher(block.group(1)).results())
                .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
        // A profile adds to the image what nothing else has: the flag that names a file of it.
        int profiles = pom.indexOf("<profiles>");
        List<String> flags = FLAG.matcher(pom.substring(0, profiles))
                .results()
                .map(found -> found.group(1))
                .toList();
        String aotCache = FLAG.matcher(pom.substring(profiles))
                .results()
                .map(found -> found.group(1))
                .filter(AotCache::isFlag)
                .map(AotCache::fileOf)
                .findFirst()
                .orElse("");
        String limit = Json.parseObject(resource("/shipped/chart/values.yaml"))
                .path("resources")
                .path("limits")
                .path("memory")
                .asText();
        if (flags.isEmpty() || aotCache.isEmpty() || !limit.endsWith("Mi")) {
            throw new IllegalStateException(
                    "The image's flags or the chart's memory limit were not found in their files.");
        }
        return new Shipped(flags, aotCache, environment, Integer.parseInt(limit.substring(0, limit.length() - 2)));
    }

    /** The flags for a process without a container: the limit is a flag, because it cannot be detected. */
    public List<String> jvmFlags() {
        List<String> all = new ArrayList<>(flags);
        all.add(memoryFlag());
        return all;
    }

    /** Sets the limit of a process without a container. */
    public String memoryFlag() {
        return "-XX:MaxRAM=" + memoryLimitMebibytes + "m";
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
