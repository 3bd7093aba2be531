package dev.redisaccess.emulator.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads the configuration from YAML (of which JSON is a part). */
public final class ConfigFile {

    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .withCoercionConfig(
                    LogicalType.Integer, rule -> rule.setCoercion(CoercionInputShape.String, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail))
            .build();

    private ConfigFile() {}

    /**
     * Reads a file.
     *
     * @throws ConfigException when it does not exist, is not YAML, or has an invalid field
     */
    public static EmulatorConfig read(Path file) throws ConfigException {
        try {
            return parse(Files.readString(file), EmulatorConfig.class, file.toString());
        } catch (NoSuchFileException e) {
            throw new ConfigException(file + ": the file does not exist", e);
        } catch (IOException e) {
            throw new ConfigException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** Reads a configuration that is not in a file. */
    public static EmulatorConfig parse(String yaml) throws ConfigException {
        return parse(yaml, EmulatorConfig.class, "configuration");
    }

    /**
     * Reads one value of a configuration, such as a fault rule.
     *
     * @param source the beginning of the message when the text is refused
     */
    public static <T> T parse(String yaml, Class<T> type, String source) throws ConfigException {
        try {
            T value = YAML.readValue(yaml, type);
            if (value == null) {
                throw new ConfigException(source + ": is empty");
            }
            return value;
        } catch (JsonMappingException e) {
            throw new ConfigException(source + ": " + explain(e), e);
        } catch (JsonProcessingException e) {
            throw new ConfigException(source + ": is not YAML: " + e.getOriginalMessage(), e);
        }
    }

    private static String explain(JsonMappingException e) {
        String path = path(e);
        if (e instanceof UnrecognizedPropertyException unknown) {
            String known = unknown.getKnownPropertyIds().stream()
                    .map(Object::toString)
                    .collect(Collectors.toCollection(TreeSet::new))
                    .stream()
                    .collect(Collectors.joining(", "));
            return path + ": is not known; known are " + known;
        } else if (e.getCause() instanceof BadField bad) {
            String field = path.isEmpty() || bad.field().isEmpty() ? path + bad.field() : path + "." + bad.field();
            return field + ": " + bad.getMessage();
        } else if (e.getCause() instanceof IllegalArgumentException refused) {
            return path.isEmpty() ? refused.getMessage() : path + ": " + refused.getMessage();
        }
        return path.isEmpty() ? "must be a mapping: " + e.getOriginalMessage() : path + ": " + e.getOriginalMessage();
    }

    private static String path(JsonMappingException e) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.toString();
    }
}
