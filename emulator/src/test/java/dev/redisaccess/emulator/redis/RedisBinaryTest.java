package dev.redisaccess.emulator.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the servers of this test are shell scripts, and none is bundled")
class RedisBinaryTest {
    @TempDir
    private Path directory;

    @Test
    void takesTheFirstThatIsNewEnough() throws IOException {
        Path old = server("old", "v=5.0.14");
        Path almost = server("almost", "v=6.0.16");
        Path broken = server("broken", "no version");
        Path good = server("good", "v=6.2.0");
        Path newer = server("newer", "v=10.0.1");
        String path = String.join(
                File.pathSeparator,
                "",
                "/nowhere",
                parent(old),
                parent(almost),
                parent(broken),
                parent(good),
                parent(newer));
        assertThat(RedisBinary.find(path, directory).path()).isEqualTo(good);
    }

    @Test
    void takesOneWithTheNameThatWindowsGivesIt() throws IOException {
        Path windows = server("windows", "v=7.2.4");
        Path renamed = Files.move(windows, windows.resolveSibling("redis-server.exe"));

        assertThat(RedisBinary.find(parent(renamed), directory).path()).isEqualTo(renamed);
    }

    @Test
    void unpacksTheBundledOneOnceWhenThereIsNone() throws IOException {
        Path into = directory.resolve("bundled");
        Path unpacked = RedisBinary.find(parent(server("old", "v=6.0.9")), into).path();
        assertThat(unpacked).isExecutable().hasParent(into);
        Object first = Files.getLastModifiedTime(unpacked);
        assertThat(RedisBinary.find("", into).path()).isEqualTo(unpacked);
        assertThat(Files.getLastModifiedTime(unpacked)).isEqualTo(first);
        assertThat(into).isDirectoryNotContaining("glob:**.partial");
    }

    private Path server(String name, String version) throws IOException {
        Path script = Files.createDirectories(directory.resolve(name)).resolve("redis-server");
        Files.writeString(script, "#!/bin/sh\necho 'Redis server " + version + " sha=0'\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script;
    }

    private static String parent(Path server) {
        return String.valueOf(server.getParent());
    }
}
