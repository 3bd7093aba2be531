package dev.redisaccess.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redisaccess.kubernetes.json.Json;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** The API server's own record of what one user asked: a line of JSON for each request that was answered. */
final class AuditLog {

    private final Path file;
    private final ApiCalls calls = new ApiCalls();
    private long position;

    AuditLog(Path file) {
        this.file = file;
    }

    /** Only this user, and of each request only that it was answered or, for a watch, that it began. */
    static String policy(String user) {
        return """
                apiVersion: audit.k8s.io/v1
                kind: Policy
                omitStages: [RequestReceived]
                rules:
                - level: Metadata
                  users: ["USER"]
                - level: None
                """.replace("USER", user);
    }

    ApiCalls calls() {
        return calls;
    }

    /** Takes in what was written since the last time. */
    synchronized void read() throws IOException {
        if (!Files.isRegularFile(file)) {
            return;
        }
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            byte[] fresh = new byte[Math.toIntExact(log.length() - position)];
            log.seek(position);
            log.readFully(fresh);
            int end = fresh.length;
            while (end > 0 && fresh[end - 1] != '\n') {
                end--;
            }
            position += end;
            new String(fresh, 0, end, StandardCharsets.UTF_8).lines().forEach(this::take);
        }
    }

    private void take(String line) {
        JsonNode event = Json.parse(line);
        String verb = event.path("verb").asText();
        // A watch is told when it begins and when it ends.
        if (verb.equals("watch") && event.path("stage").asText().equals("ResponseComplete")) {
            return;
        }
        JsonNode object = event.path("objectRef");
        calls.add(new ApiCall(
                Instant.parse(event.path("requestReceivedTimestamp").asText()),
                verb,
                object.path("resource").asText(),
                object.path("subresource").asText()));
    }
}
