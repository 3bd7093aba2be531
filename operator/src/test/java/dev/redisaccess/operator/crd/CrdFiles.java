package dev.redisaccess.operator.crd;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.redisaccess.operator.api.BirthStatus;
import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessReport;
import dev.redisaccess.operator.api.RedisDatabase;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The CRDs as they must be in crds/: file name to content. */
public final class CrdFiles {

    private static final List<Class<? extends CustomResource<?, ?>>> KINDS =
            List.of(RedisAccessBinding.class, RedisDatabase.class, RedisAccessReport.class);

    // Descriptions stay on one line, so that grep finds them.
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory()
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER));

    private CrdFiles() {}

    /** @param command generates the files, for their first lines */
    public static Map<String, String> generate(String command) throws IOException {
        Path scratch = Files.createTempDirectory("crds");
        Map<String, String> files = new TreeMap<>();
        for (Class<? extends CustomResource<?, ?>> kind : KINDS) {
            new CRDGenerator()
                    .customResourceClasses(kind)
                    .inOutputDir(scratch.toFile())
                    .detailedGenerate();
            String name = CustomResource.getCRDName(kind) + "-v1.yml";
            Path file = scratch.resolve(name);
            ObjectNode crd = (ObjectNode) YAML.readTree(Files.readString(file));
            Files.delete(file);
            files.put(name, heading(command) + YAML.writeValueAsString(finish(crd, kind)));
        }
        Files.delete(scratch);
        return files;
    }

    private static String heading(String command) {
        return "# Generated from the types in operator/src/main/java/dev/redisaccess/operator/api.\n"
                + "# Change those, then run: " + command + "\n";
    }

    private static ObjectNode finish(ObjectNode crd, Class<? extends CustomResource<?, ?>> kind) {
        for (var version : crd.withArray("/spec/versions")) {
            ObjectNode schema = (ObjectNode) version.at("/schema/openAPIV3Schema");
            new SchemaFinish().apply(schema);
            if (kind == RedisAccessReport.class) {
                // It is all output: a report, and neither a spec nor a status.
                ((ObjectNode) schema.path("properties")).remove(List.of("spec", "status"));
                ((ObjectNode) version).remove("subresources");
            } else {
                ((ObjectNode) schema.at("/properties/status")).set("default", statusAtBirth());
            }
            schema.put("type", "object");
            schema.put(
                    "description",
                    kind.getAnnotation(JsonClassDescription.class).value());
            ((ObjectNode) version).set("additionalPrinterColumns", columns(kind));
        }
        return crd;
    }

    private static ObjectNode statusAtBirth() {
        ObjectNode status = YAML.createObjectNode();
        status.withArray("conditions")
                .addObject()
                .put("type", ConditionType.READY.text())
                .put("status", "Unknown")
                .put("reason", Reason.NOT_ATTEMPTED.text())
                .put("message", BirthStatus.MESSAGE)
                .put("lastTransitionTime", BirthStatus.TIME);
        return status;
    }

    /** In the order of the annotations: the generator sorts by path, but kubectl shows the order of the file. */
    private static ArrayNode columns(Class<? extends CustomResource<?, ?>> kind) {
        ArrayNode columns = YAML.createArrayNode();
        for (AdditionalPrinterColumn column : kind.getAnnotationsByType(AdditionalPrinterColumn.class)) {
            ObjectNode node = columns.addObject()
                    .put("name", column.name())
                    .put("type", column.type().name().toLowerCase(Locale.ROOT))
                    .put("jsonPath", column.jsonPath())
                    .put("description", column.getDescription());
            if (column.priority() > 0) {
                node.put("priority", column.priority());
            }
        }
        return columns;
    }
}
