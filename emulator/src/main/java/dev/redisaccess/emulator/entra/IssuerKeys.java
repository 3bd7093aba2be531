package dev.redisaccess.emulator.entra;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The public keys of the issuers that federated credentials may have. A set is read when first needed, and again when a
 * token has a key ID that it lacks: issuers rotate their keys.
 */
public final class IssuerKeys {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Map<String, String> sources;
    private final HttpClient http;
    private final Map<String, JWKSet> known = new ConcurrentHashMap<>();
    private final Map<String, SigningKeys> own = new ConcurrentHashMap<>();

    /**
     * @param sources by issuer: a file, or an http or https URL
     * @param http for the URLs
     */
    public IssuerKeys(Map<String, String> sources, HttpClient http) {
        this.sources = Map.copyOf(sources);
        this.http = http;
    }

    /** Issuers of this process. {@code prefix} is what their names begin with. */
    void add(String prefix, SigningKeys keys) {
        own.put(prefix, keys);
    }

    /**
     * The key of that id; empty when the issuer does not publish it.
     *
     * @throws IOException when the issuer is not configured, or its keys cannot be read
     */
    public Optional<JWK> find(String issuer, String keyId) throws IOException {
        for (Map.Entry<String, SigningKeys> each : own.entrySet()) {
            if (issuer.startsWith(each.getKey())) {
                return Optional.ofNullable(each.getValue().published().getKeyByKeyId(keyId));
            }
        }
        JWKSet before = known.get(issuer);
        JWK key = before == null ? null : before.getKeyByKeyId(keyId);
        if (key == null) {
            JWKSet now = read(issuer);
            known.put(issuer, now);
            key = now.getKeyByKeyId(keyId);
        }
        return Optional.ofNullable(key);
    }

    private JWKSet read(String issuer) throws IOException {
        String source = sources.get(issuer);
        if (source == null) {
            throw new IOException("no keys are configured for this issuer");
        }
        try {
            return JWKSet.parse(source.matches("https?://.*") ? download(source) : Files.readString(Path.of(source)));
        } catch (ParseException e) {
            throw new IOException("the issuer's keys are not a JSON Web Key Set", e);
        }
    }

    private String download(String url) throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT).build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException("the issuer's keys: HTTP " + response.statusCode());
            }
            return response.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the issuer's keys were read", e);
        }
    }
}
