package dev.redisaccess.image;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redisaccess.kubernetes.json.Json;
import dev.redisaccess.launcher.JavaProgram;
import dev.redisaccess.testbed.AotCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of an image in a folder, and what its configuration says about them: enough to run its program with its own Java
 * runtime and without a container.
 *
 * @param root the folder that is {@code /} in a container
 * @param entrypoint the command, as a container runs it
 * @param environment as a container has it
 */
record UnpackedImage(Path root, List<String> entrypoint, Map<String, String> environment) {

    private static final String CLASS_PATH = "-cp";

    UnpackedImage {
        root = root.toAbsolutePath().normalize();
        entrypoint = List.copyOf(entrypoint);
        environment = Map.copyOf(environment);
    }

    /**
     * @param root where the layers were unpacked
     * @param configuration the file that the image's manifest names as its {@code Config}
     */
    static UnpackedImage read(Path root, Path configuration) {
        JsonNode container = Json.child(Json.parseObject(text(configuration)), "config");
        Map<String, String> environment = new LinkedHashMap<>();
        for (JsonNode variable : container.path("Env")) {
            String[] parts = variable.asText().split("=", 2);
            environment.put(parts[0], parts[1]);
        }
        List<String> entrypoint = new ArrayList<>();
        container.path("Entrypoint").forEach(word -> entrypoint.add(word.asText()));
        return new UnpackedImage(root, entrypoint, environment);
    }

    /**
     * What a container would run, with every path inside the folder.
     *
     * @throws IllegalArgumentException if the entry point is not a Java program with a class path, or has no Java
     */
    JavaProgram program() {
        int classPath = classPathFlag();
        List<String> flags =
                entrypoint.subList(1, classPath).stream().map(this::flag).toList();
        String entries = classPath().map(Path::toString).collect(Collectors.joining(":"));
        List<String> main = new ArrayList<>(List.of(CLASS_PATH, entries));
        main.addAll(entrypoint.subList(classPath + 2, entrypoint.size()));
        Map<String, String> rest = new LinkedHashMap<>(environment);
        rest.remove("PATH"); // of the folder, not of this machine
        return new JavaProgram(java(entrypoint.get(0)), flags, main, rest);
    }

    /** The jars on its class path, in the folder; an entry may denote all jars of a directory. */
    List<Path> jars() {
        return classPath()
                .flatMap(entry -> entry.endsWith("*") ? filesIn(entry.resolveSibling("")) : Stream.of(entry))
                .filter(entry -> entry.toString().endsWith(".jar"))
                .toList();
    }

    private static Stream<Path> filesIn(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String flag(String flag) {
        return AotCache.isFlag(flag) ? AotCache.flag(inside(AotCache.fileOf(flag))) : flag;
    }

    private int classPathFlag() {
        int classPath = entrypoint.indexOf(CLASS_PATH);
        if (classPath < 1 || classPath + 2 >= entrypoint.size()) {
            throw new IllegalArgumentException(
                    "The entry point must be `java`, flags, `-cp`, a class path and a class, but is: "
                            + String.join(" ", entrypoint));
        }
        return classPath;
    }

    /** Jib keeps the class path in a file, because it is long. */
    private Stream<Path> classPath() {
        String given = entrypoint.get(classPathFlag() + 1);
        String path = given.startsWith("@") ? text(inside(given.substring(1))).strip() : given;
        return Stream.of(path.split(":")).map(this::inside);
    }

    private Path java(String name) {
        Stream<String> places = name.startsWith("/")
                ? Stream.of(name)
                : Stream.of(environment.getOrDefault("PATH", "").split(":")).map(folder -> folder + "/" + name);
        return places.map(this::inside)
                .filter(Files::isExecutable)
                .findFirst()
                .map(this::requireInside)
                .orElseThrow(() -> new IllegalArgumentException("The image has no `" + name + "` on its `PATH`."));
    }

    /** A link with an absolute target leads to this machine's files, which are not the image's. */
    private Path requireInside(Path file) {
        try {
            Path real = file.toRealPath();
            if (!real.startsWith(root.toRealPath())) {
                throw new IllegalArgumentException("`" + file + "` is a link out of the image, to `" + real + "`.");
            }
            return real;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path inside(String path) {
        return root.resolve(path.replaceFirst("^/+", ""));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
