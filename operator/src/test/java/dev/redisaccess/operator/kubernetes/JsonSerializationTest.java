package dev.redisaccess.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSerializationTest {

    private final JsonSerialization serialization = new JsonSerialization(new ObjectMapper());

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1,\"managedFields\":[],\"b\":2}                                    | {\"a\":1,\"b\":2}",
                "{\"a\":1,\"managedFields\":[{\"k\":[1,[2]]},{}]}                          | {\"a\":1}",
                "{\"a\":1,\"managedFields\":[\"]\",\"[\",\"\\\\\\\"]\",\"\\\\\\\\\"],\"b\":2} | {\"a\":1,\"b\":2}",
                "[{\"a\":1,\"managedFields\":[1]},{\"a\":2,\"managedFields\":[2]}]         | [{\"a\":1},{\"a\":2}]",
            })
    void managedFieldsAreCutOut(String json, String kept) {
        assertThat(JsonSerialization.withoutManagedFields(json)).isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"a\":1}",
                "{\"a\":\",\\\"managedFields\\\":[\",\"b\":\"]\"}",
                "{\"a\":1,\"managedFields\":\"a text\"}",
                "{\"a\":1,\"managedFields\":[",
                "{\"a\":1,\"managedFields\":[\"]",
                "{\"a\":1,\"managedFields\":[\"\\",
            })
    void anotherTextStaysAsItIs(String text) {
        assertThat(JsonSerialization.withoutManagedFields(text)).isSameAs(text);
    }

    @Test
    void anEventOfAWatchHasNoManagedFields() {
        serialization.registerKubernetesResource(ConfigMap.class);
        WatchEvent event = serialization.unmarshal("""
                {"type":"ADDED","object":{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"orders","uid":"1",\
                "managedFields":[{"manager":"kubectl","fieldsV1":{"f:data":{},"k:{\\"uid\\":\\"1\\"}":{}}}]},\
                "data":{"a":"],\\"managedFields\\":[","b":"2"}}}""", WatchEvent.class);

        ConfigMap read = (ConfigMap) event.getObject();
        assertThat(read.getData()).isEqualTo(Map.of("a", "],\"managedFields\":[", "b", "2"));
        assertThat(read.getMetadata().getName()).isEqualTo("orders");
        assertThat(read.getMetadata().getManagedFields()).isEmpty();
    }

    @Test
    void aStreamOfJsonOrYamlIsRead() {
        String json = "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"data\":{\"a\":\"1\"}}";
        String yaml = "kind: ConfigMap\napiVersion: v1\ndata: {a: '1'}\n";
        ConfigMap expected = new ConfigMapBuilder().addToData("a", "1").build();

        assertThat(serialization.unmarshal(stream(json), ConfigMap.class)).isEqualTo(expected);
        assertThat(serialization.unmarshal(stream("\n " + json), ConfigMap.class))
                .isEqualTo(expected);
        assertThat(serialization.unmarshal(stream(yaml), ConfigMap.class)).isEqualTo(expected);
        assertThat(serialization.unmarshal(stream(""), ConfigMap.class)).isNull();
    }

    @Test
    void whatIsNoJsonFails() {
        assertThatThrownBy(() -> serialization.unmarshal(stream("{\"kind\":"), new TypeReference<ConfigMap>() {}))
                .isInstanceOf(KubernetesClientException.class);
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
