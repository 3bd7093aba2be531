package dev.redisaccess.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redisaccess.kubernetes.json.Json;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** The API server's audit log of one user: a line of JSON for each completed request. */
final class AuditLog {

    private final Path file;
    private final ApiCalls calls = new ApiCalls();
    private long position;

    AuditLog(Path file) {
        this.file = file;
    }

    /** Only this user, and only the end of each request or, for a watch, its beginning. */
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

    /** Reads the lines since the last call. */
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
        // A watch is logged at its beginning and at its end.
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
