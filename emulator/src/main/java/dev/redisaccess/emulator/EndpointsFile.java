package dev.redisaccess.emulator;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes {@code endpoints.json} atomically: a program that waits for it never reads a part of it. */
final class EndpointsFile {

    private static final String NAME = "endpoints.json";

    private EndpointsFile() {}

    static void write(Path directory, Endpoints endpoints) throws IOException {
        byte[] json =
                JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsBytes(endpoints);
        Path unfinished = directory.resolve(NAME + ".new");
        Files.write(unfinished, json);
        Files.move(
                unfinished,
                directory.resolve(NAME),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** Otherwise a file of an earlier run would announce this one before it listens. */
    static void remove(Path directory) throws IOException {
        Files.deleteIfExists(directory.resolve(NAME));
    }
}
