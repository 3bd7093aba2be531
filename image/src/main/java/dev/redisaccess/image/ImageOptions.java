package dev.redisaccess.image;

import dev.redisaccess.launcher.JavaProgram;
import dev.redisaccess.testbed.Shipped;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Which image, and what its program runs on. */
final class ImageOptions {

    @Option(
            names = "--root",
            paramLabel = "DIR",
            required = true,
            description = "Where the image's layers are unpacked, with the times of its files.")
    private Path root;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            required = true,
            description = "The image's configuration, which its manifest names.")
    private Path configuration;

    UnpackedImage image() {
        return UnpackedImage.read(root, configuration);
    }

    /** The image's program as in a pod of the chart: under its memory limit. */
    JavaProgram program() {
        return image().program().plus(List.of(Shipped.read().memoryFlag()));
    }
}
