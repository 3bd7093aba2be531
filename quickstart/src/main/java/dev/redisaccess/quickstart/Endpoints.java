package dev.redisaccess.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redisaccess.kubernetes.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the emulator listens: its {@code endpoints.json}. */
record Endpoints(
        String arm,
        String authority,
        String imds,
        AppService appService,
        String control,
        Path caFile,
        Redis redis,
        Optional<TokenProxy> tokenProxy) {

    /** The App Service form of a managed identity endpoint. */
    record AppService(String endpoint, String header) {}

    /** The token proxy of identity bindings. */
    record TokenProxy(String url, String serverName, String caFile) {}

    /** The first database. */
    record Redis(String host, int port) {
        String address() {
            return host + ":" + port;
        }
    }

    /** Empty until the file exists and is complete. */
    static Optional<Endpoints> read(Path file) {
        try {
            return Files.isRegularFile(file) ? parse(Json.parseObject(Files.readString(file))) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Endpoints> parse(JsonNode root) {
        JsonNode database = root.path("databases").path(0);
        if (root.path("arm").asText().isEmpty() || database.path("port").asInt() == 0) {
            return Optional.empty();
        }
        return Optional.of(new Endpoints(
                root.path("arm").asText(),
                root.path("authority").asText(),
                root.path("imds").asText(),
                new AppService(
                        root.path("appService").path("endpoint").asText(),
                        root.path("appService").path("header").asText()),
                root.path("control").asText(),
                Path.of(root.path("caFile").asText()),
                new Redis(database.path("host").asText(), database.path("port").asInt()),
                Optional.of(root.path("tokenProxy"))
                        .filter(JsonNode::isObject)
                        .map(proxy -> new TokenProxy(
                                proxy.path("url").asText(),
                                proxy.path("serverName").asText(),
                                proxy.path("caFile").asText()))));
    }
}
