package dev.redisaccess.image;

import dev.redisaccess.launcher.JavaProgram;
import dev.redisaccess.testbed.AotCache;
import dev.redisaccess.testbed.Platform;
import dev.redisaccess.testbed.Setup;
import dev.redisaccess.testbed.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * The run that an image's AOT cache is made from: from the start until the operator leads, watches, and has read the
 * databases. Without bindings: a runtime loads at its start all that is in its cache, and with what a login needs it
 * was measured to start a quarter of a second later and to hold 9 MiB more, while the first bindings were Ready no
 * sooner.
 */
public final class Training {

    private static final Duration IDLE = Duration.ofSeconds(5);

    private Training() {}

    /** A local Kubernetes, and a local Azure that makes the operator wait and retry, though not for long. */
    static Setup setup() {
        return new Setup(Setup.Api.mock, 2, Setup.Pace.TENTH, 5, 900);
    }

    /**
     * A jar of the source tree as {@code image/build} makes an image of it: a copy without signatures, with a cache. It goes
     * when this program ends.
     *
     * @param program started with {@code -jar}, with its libraries in the folder {@code lib} next to it
     * @param parent where the copy is put, in a fresh directory
     * @throws dev.redisaccess.testbed.TestbedFailure if no cache is written
     */
    public static Trained trainCopy(JavaProgram program, Path parent) {
        Path jar = Path.of(program.main().get(program.main().indexOf("-jar") + 1));
        AotCache cache = AotCache.in(parent);
        Path copy = copied(jar, cache.directory());
        Path libraries = jar.resolveSibling("lib");
        try (Stream<Path> files = Files.list(libraries)) {
            files.forEach(library ->
                    SignedJars.strip(copied(library, cache.directory().resolve("lib"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Trained(train(program.withJar(copy), cache), cache);
    }

    /** A program with its cache. */
    public record Trained(JavaProgram program, AotCache cache) {}

    private static Path copied(Path file, Path directory) {
        try {
            Files.createDirectories(directory).toFile().deleteOnExit(); // after what is put there now
            Path copy = directory.resolve(file.getFileName());
            copy.toFile().deleteOnExit();
            return Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The program with a cache.
     *
     * @param cache is written
     * @throws dev.redisaccess.testbed.TestbedFailure if it is not written
     */
    public static JavaProgram train(JavaProgram program, AotCache cache) {
        try (Platform platform = Platform.open(setup())) {
            return cache.trained(platform, program, () -> live(platform));
        }
    }

    private static void live(Platform platform) {
        platform.population().registerDatabases();
        platform.population().awaitDatabases();
        Waiting.pause(IDLE);
    }
}
