package dev.redisaccess.operator.entra;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * The claims of a signed token (RFC 7519). They are read, not verified: the token came over TLS from its issuer, and Redis or
 * Entra verifies it.
 */
final class JsonWebToken {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of the year 9999: an Instant may be far later, but code that formats one or adds to it does not expect that. */
    private static final double LAST_SECOND = 253_402_300_799.0;

    private final JsonNode claims;

    private JsonWebToken(JsonNode claims) {
        this.claims = claims;
    }

    /** Reads a compact token; empty if it is not one. */
    static Optional<JsonWebToken> parse(String compact) {
        String[] parts = compact.split("[.]", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
            return claims.isObject() ? Optional.of(new JsonWebToken(claims)) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A claim as text; a list's first entry (Kubernetes writes {@code aud} as a list). */
    Optional<String> text(String claim) {
        JsonNode node = claims.path(claim);
        JsonNode value = node.isArray() ? node.path(0) : node;
        return value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
    }

    /** A claim in seconds since the epoch (NumericDate); empty also for one beyond the year 9999. */
    Optional<Instant> time(String claim) {
        JsonNode value = claims.path(claim);
        return value.isNumber() && value.doubleValue() >= 0 && value.doubleValue() <= LAST_SECOND
                ? Optional.of(Instant.ofEpochSecond(value.longValue()))
                : Optional.empty();
    }

    /** The body of an answer; a missing node if it is not a JSON object. */
    static JsonNode object(String body) {
        try {
            JsonNode node = JSON.readTree(body);
            return node.isObject() ? node : MissingNode.getInstance();
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
