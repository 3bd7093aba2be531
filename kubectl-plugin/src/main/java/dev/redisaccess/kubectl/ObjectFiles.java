package dev.redisaccess.kubectl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisDatabase;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads the operator's kinds from YAML and JSON files; other kinds are skipped. */
final class ObjectFiles {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final long LARGEST = 16L * 1024 * 1024;

    private final String namespace;
    private final List<RedisDatabase> databases = new ArrayList<>();
    private final List<RedisAccessBinding> bindings = new ArrayList<>();
    private int skipped;

    /** @param namespace of objects that name none */
    ObjectFiles(String namespace) {
        this.namespace = namespace;
    }

    List<RedisDatabase> databases() {
        return databases;
    }

    List<RedisAccessBinding> bindings() {
        return bindings;
    }

    /** Objects of other kinds. */
    int skipped() {
        return skipped;
    }

    /** @param path a file, a folder with all below it, or {@code -} for the standard input */
    ObjectFiles read(String path, InputStream input) {
        try {
            if (path.equals("-")) {
                parse("standard input", new String(input.readAllBytes(), StandardCharsets.UTF_8));
                return this;
            }
            Path start = Path.of(path);
            if (!Files.exists(start)) {
                throw new CommandFailure(ExitCode.NOT_READ, "`" + path + "` does not exist.");
            }
            try (Stream<Path> files = Files.walk(start)) {
                for (Path file : files.filter(Files::isRegularFile)
                        .filter(found -> found.equals(start) || found.toString().matches(".*[.](ya?ml|json)"))
                        .sorted()
                        .toList()) {
                    if (Files.size(file) > LARGEST) {
                        throw new CommandFailure(ExitCode.NOT_READ, "`" + file + "` is larger than 16 MiB.");
                    }
                    parse(file.toString(), Files.readString(file));
                }
            }
            return this;
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.NOT_READ, "`" + path + "` could not be read: " + e.getMessage());
        }
    }

    private void parse(String source, String text) throws IOException {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(text)) {
            while (documents.hasNextValue()) {
                add(source, documents.nextValue());
            }
        } catch (JsonProcessingException e) {
            throw new CommandFailure(
                    ExitCode.NOT_READ,
                    "`" + source + "` is not valid YAML: "
                            + e.getOriginalMessage().lines().findFirst().orElse(""));
        }
    }

    private void add(String source, JsonNode node) throws JsonProcessingException {
        if (node.isNull() || node.isMissingNode()) {
            return;
        }
        if (node.path("kind").asText().endsWith("List") && node.path("items").isArray()) {
            for (JsonNode item : node.path("items")) {
                add(source, item);
            }
            return;
        }
        if (!node.path("apiVersion").asText().startsWith("redisaccess.dev/")) {
            skipped++;
            return;
        }
        switch (node.path("kind").asText()) {
            case "RedisDatabase" -> {
                RedisDatabase database = Serialization.unmarshal(node.toString(), RedisDatabase.class);
                require(source, database.getMetadata().getName() != null && database.getSpec() != null);
                databases.add(database);
            }
            case "RedisAccessBinding" -> {
                RedisAccessBinding binding = Serialization.unmarshal(node.toString(), RedisAccessBinding.class);
                require(
                        source,
                        binding.getMetadata().getName() != null
                                && binding.getSpec() != null
                                && binding.getSpec().databaseRef() != null
                                && binding.getSpec().serviceAccountName() != null);
                if (binding.getMetadata().getNamespace() == null) {
                    binding.getMetadata().setNamespace(namespace);
                }
                binding.setStatus(null);
                bindings.add(binding);
            }
            default -> skipped++;
        }
    }

    private static void require(String source, boolean complete) {
        if (!complete) {
            throw new CommandFailure(
                    ExitCode.NOT_READ,
                    "`" + source + "` has an object without name, `spec.databaseRef` or `spec.serviceAccountName`.");
        }
    }
}
