package dev.redisaccess.benchmark.image;

import dev.redisaccess.benchmark.stage.AotCache;
import dev.redisaccess.benchmark.stage.Platform;
import dev.redisaccess.benchmark.stage.Shipped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes the AOT cache of an image that has none yet. */
@Command(
        name = "train-image",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Runs the operator of an unpacked image, with the image's own Java, through the life of some bindings,"
                        + " and writes the AOT cache that comes of it. image/build does the rest.")
public final class TrainImage implements Callable<Integer> {

    /** Some side by side, on the same database and on another. */
    private static final int BINDINGS = 4;

    @Mixin
    private ImageOptions image;

    @Option(
            names = "--to",
            paramLabel = "DIR",
            required = true,
            description =
                    "A folder that becomes a layer of the image; the cache is put where the image's flag names it.")
    private Path layer;

    @Override
    public Integer call() throws IOException {
        Path file = layer.resolve(Shipped.read().aotCache().replaceFirst("^/+", ""));
        Files.createDirectories(file.getParent());
        AotCache cache = AotCache.at(file);
        try (Platform platform = Platform.open(ImageOptions.setup())) {
            cache.trained(platform, image.program(), () -> live(platform));
        }
        System.out.printf("%s: %.1f MiB%n", file, cache.sizeMebibytes());
        return 0;
    }

    /** What an operator does in its first minutes. A later check of a binding loads nothing that the first did not. */
    private static void live(Platform platform) {
        platform.population().registerDatabases();
        platform.population().awaitDatabases();
        FirstBindings bindings = FirstBindings.on(platform, BINDINGS);
        bindings.ready();
        bindings.gone();
    }
}
