package dev.redisaccess.operator.kubernetes;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads JSON of the API server with less effort than fabric8 (7.6), which reads each event of a watch into a tree first, with
 * managed fields, and copies each text once more to find out whether it is YAML. Managed fields are a third of an object;
 * those of a ConfigMap contain a UID as a name of a member, and Jackson copies its table of names after each new one: a
 * twentieth of all that the operator allocated.
 */
final class JsonSerialization extends KubernetesSerialization {

    /** No text inside a string matches: there a quote is escaped. Another member always precedes it. */
    private static final String MANAGED_FIELDS = ",\"managedFields\":[";

    private final ObjectMapper mapper;

    /** @param mapper is changed, as fabric8 needs it */
    JsonSerialization(ObjectMapper mapper) {
        super(mapper, false);
        this.mapper = mapper;
    }

    @Override
    public <T> T unmarshal(String text, Class<T> type) {
        return super.unmarshal(withoutManagedFields(text), type);
    }

    @Override
    public <T> T unmarshal(InputStream text, TypeReference<T> type) {
        try {
            return isObject(text) ? mapper.readerFor(type).readValue(text) : super.unmarshal(text, type);
        } catch (IOException e) {
            throw KubernetesClientException.launderThrowable(e);
        }
    }

    private static boolean isObject(InputStream text) throws IOException {
        if (!text.markSupported()) {
            return false;
        }
        text.mark(1);
        int first = text.read();
        text.reset();
        return first == '{';
    }

    /** @return the same text if it has none, or is no valid JSON */
    static String withoutManagedFields(String json) {
        int begin = json.indexOf(MANAGED_FIELDS);
        if (begin < 0) {
            return json;
        }
        StringBuilder kept = new StringBuilder(json.length());
        int copied = 0;
        while (begin >= 0) {
            int end = endOfArray(json, begin + MANAGED_FIELDS.length());
            if (end < 0) {
                return json;
            }
            kept.append(json, copied, begin);
            copied = end;
            begin = json.indexOf(MANAGED_FIELDS, end);
        }
        return kept.append(json, copied, json.length()).toString();
    }

    /**
     * @param from behind the opening bracket
     * @return the position behind the closing bracket; -1 if there is none
     */
    private static int endOfArray(String json, int from) {
        int depth = 1;
        for (int i = from; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c == '"') {
                i = endOfString(json, i + 1);
            } else if (c == '[') {
                depth++;
            } else if (c == ']' && --depth == 0) {
                return i + 1;
            }
        }
        return -1;
    }

    /**
     * @param from behind the opening quote
     * @return the position of the closing quote; behind the text if there is none
     */
    private static int endOfString(String json, int from) {
        int i = from;
        while (i < json.length() && json.charAt(i) != '"') {
            i += json.charAt(i) == '\\' ? 2 : 1;
        }
        return i;
    }
}
