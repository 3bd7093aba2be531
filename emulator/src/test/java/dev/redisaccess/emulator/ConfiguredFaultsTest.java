package dev.redisaccess.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.emulator.config.ConfigFile;
import dev.redisaccess.emulator.testing.LocalAzure;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The faults of the configuration are in force from the start. */
class ConfiguredFaultsTest {

    @Test
    void breaksRedisFromTheStart(@TempDir Path directory) throws Exception {
        String yaml = LocalAzure.CONFIG + "redisFaults:\n  - {database: " + LocalAzure.DATABASE
                + ", fault: speakPlaintext}\n  - {database: " + LocalAzure.DATABASE
                + ", fault: answerCommands, commands: [ping], line: \"-LOADING soon\"}\n";
        try (Emulator emulator = Emulator.start(ConfigFile.parse(yaml), directory);
                Socket socket = new Socket(
                        "localhost", emulator.endpoints().databases().get(0).port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write("*1\r\n$4\r\nPING\r\n".getBytes(StandardCharsets.US_ASCII));
            var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            assertThat(lines.readLine()).isEqualTo("-LOADING soon");
        }
    }
}
