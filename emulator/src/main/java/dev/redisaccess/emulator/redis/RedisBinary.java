package dev.redisaccess.emulator.redis;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.model.OsArchitecture;

/**
 * A {@code redis-server} with sufficient support of access control lists and RESP3: 6.2 or newer.
 *
 * @param path the executable
 */
record RedisBinary(Path path) {
    private static final Pattern VERSION = Pattern.compile("v=(\\d+)\\.(\\d+)\\.");
    private static final long VERSION_TIMEOUT_SECONDS = 10;

    /**
     * The first suitable {@code redis-server} on {@code PATH}, or else the bundled one, unpacked once into a directory.
     *
     * @param searchPath directories as in the variable {@code PATH}
     * @param unpackInto the directory of the bundled binary
     */
    static RedisBinary find(String searchPath, Path unpackInto) {
        return Stream.of(searchPath.split(Pattern.quote(File.pathSeparator)))
                .filter(directory -> !directory.isBlank())
                .flatMap(directory ->
                        Stream.of("redis-server", "redis-server.exe").map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .filter(RedisBinary::isNewEnough)
                .findFirst()
                .map(RedisBinary::new)
                .orElseGet(() -> new RedisBinary(bundled(unpackInto)));
    }

    private static boolean isNewEnough(Path binary) {
        try {
            Process process = new ProcessBuilder(binary.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            try (InputStream output = process.getInputStream()) {
                process.getOutputStream().close();
                Matcher version = VERSION.matcher(new String(output.readNBytes(1000), StandardCharsets.US_ASCII));
                return process.waitFor(VERSION_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                        && version.find()
                        && isNewEnough(Integer.parseInt(version.group(1)), Integer.parseInt(version.group(2)));
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean isNewEnough(int major, int minor) {
        return major > 6 || (major == 6 && minor >= 2);
    }

    private static Path bundled(Path directory) {
        String resource = Optional.ofNullable(
                        ExecutableProvider.newProvidedVersionsMap().get(OsArchitecture.detectOSandArchitecture()))
                .filter(name -> !name.contains("windows")) // the Windows build is 5.0: no access control lists
                .orElseThrow(() -> new IllegalStateException(
                        "There is no bundled redis-server for `" + System.getProperty("os.name") + "` on `"
                                + System.getProperty("os.arch")
                                + "`. Put a redis-server 6.2 or newer on the `PATH`; on Windows, use WSL 2."));
        try {
            return unpack(resource, directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack redis-server into " + directory, e);
        }
    }

    private static Path unpack(String resource, Path directory) throws IOException {
        Path target = directory.resolve(resource.substring(1));
        if (Files.isExecutable(target)) {
            return target;
        }
        Files.createDirectories(directory);
        Path partial = Files.createTempFile(directory, "redis-server", ".partial");
        try (InputStream binary = ExecutableProvider.class.getResourceAsStream(resource)) {
            if (binary == null) {
                throw new IOException("the bundled " + resource + " is missing");
            }
            Files.copy(binary, partial, StandardCopyOption.REPLACE_EXISTING);
            if (!partial.toFile().setExecutable(true)) {
                throw new IOException("cannot make " + partial + " executable");
            }
            // Atomic, because another front may unpack into the same directory at the same time.
            return Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
    }
}
