package dev.redisaccess.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
    @TempDir
    Path directory;

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "/usr/bin/env is missing")
    void anIsolatedProgramGetsItsEnvironmentAndNothingElse() {
        Launch launch = new Launch("env", List.of("/usr/bin/env"), Map.of("ONLY", "this"), true);
        try (ChildProcess child = ChildProcess.start(launch, directory)) {
            await().until(() -> !child.isAlive());
            assertThat(child.lines()).containsExactly("ONLY=this");
        }
    }

    @Test
    void settingsOfAzureInThePersonsShellDoNotReachAProgram() {
        Launch launch = new Launch("x", List.of("true"), Map.of(), false);
        assertThat(launch.inherits("PATH")).isTrue();
        assertThat(List.of("AZURE_CLIENT_SECRET", "KUBECONFIG", "REDIS_ACCESS_CA_BUNDLE", "JAVA_TOOL_OPTIONS"))
                .noneMatch(launch::inherits);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no process can be paused there")
    void endsWhenClosedEvenIfItIsPaused() {
        Launch launch = new Launch("cat", List.of("/bin/cat"), Map.of(), true);
        ChildProcess child = ChildProcess.start(launch, directory);
        child.pause();
        assertThat(child.isAlive()).isTrue();
        child.close();
        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void theTailMasksWhatLooksLikeAToken() throws Exception {
        Path log = directory.resolve("some.log");
        String token = java.util.Base64.getUrlEncoder().encodeToString("{\"alg\":\"RS256\"}".getBytes());
        Files.writeString(log, "one\ntwo " + token + ".abc.def end\nthree\n");
        assertThat(LogTail.of(List.of(log), 2).lines()).containsExactly("two <token> end", "three");
    }
}
