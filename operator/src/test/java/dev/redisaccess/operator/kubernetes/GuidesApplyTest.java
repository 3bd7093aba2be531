package dev.redisaccess.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manifests in the pages are admitted by the API server. */
@OnApiServer
class GuidesApplyTest {

    private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)\\n```", Pattern.DOTALL);

    private final ApiServer api;
    private final String namespace;

    GuidesApplyTest(ApiServer api) {
        this.api = api;
        this.namespace = api.newNamespace();
    }

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(Repository.file("docs"))) {
            List<Path> pages = new ArrayList<>();
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".md")).toList()) {
                if (!ours(file).isEmpty()) {
                    pages.add(file);
                }
            }
            assertThat(pages).hasSizeGreaterThan(1);
            return pages.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void isAdmitted(Path page) throws IOException {
        for (String object : ours(page)) {
            api.kubectl().runWith(object, "apply", "--dry-run=server", "-n", namespace, "-f", "-");
        }
    }

    /** Whole objects of our two kinds. */
    private static List<String> ours(Path page) throws IOException {
        List<String> objects = new ArrayList<>();
        Matcher block = YAML.matcher(Files.readString(page));
        while (block.find()) {
            if (block.group(1).contains("apiVersion: redisaccess.dev/")) {
                Specimens.documents(block.group(1)).stream()
                        .filter(object -> object.path("apiVersion").asText().startsWith("redisaccess.dev/"))
                        .map(GuidesApplyTest::inAnyNamespace)
                        .forEach(objects::add);
            }
        }
        return objects;
    }

    private static String inAnyNamespace(JsonNode object) {
        ((ObjectNode) object.get("metadata")).remove("namespace");
        return object.toString();
    }
}
