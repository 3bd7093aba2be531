package dev.redisaccess.image;

import dev.redisaccess.testbed.AotCache;
import dev.redisaccess.testbed.Shipped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes the AOT cache of an image that has none yet. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Runs the operator of an unpacked image, with the image's own Java, until it watches,"
                + " and writes the AOT cache of that run. image/build does the rest.")
public final class TrainImage implements Callable<Integer> {

    @Mixin
    private ImageOptions image;

    @Option(
            names = "--to",
            paramLabel = "DIR",
            required = true,
            description = "A folder that becomes a layer of the image: the cache, where the image's flag names it,"
                    + " and without signatures the jars that are signed.")
    private Path layer;

    @Override
    public Integer call() throws IOException {
        Path file = layer.resolve(Shipped.read().aotCache().replaceFirst("^/+", ""));
        Files.createDirectories(file.resolveSibling("")); // the folder that it is in
        withoutSignatures(image.image());
        AotCache cache = AotCache.at(file);
        Training.train(image.program(), cache);
        System.out.printf("%s: %.1f MiB%n", file, cache.sizeMebibytes());
        return 0;
    }

    /** The signed jars go into the layer without, where they cover those of the layers below. */
    private void withoutSignatures(UnpackedImage unpacked) throws IOException {
        for (Path jar : unpacked.jars()) {
            if (SignedJars.strip(jar)) {
                Path covering = layer.resolve(unpacked.root().relativize(jar));
                Files.createDirectories(covering.resolveSibling(""));
                Files.copy(jar, covering, StandardCopyOption.COPY_ATTRIBUTES);
                System.out.printf("%s: without its signature%n", jar.getFileName());
            }
        }
    }
}
