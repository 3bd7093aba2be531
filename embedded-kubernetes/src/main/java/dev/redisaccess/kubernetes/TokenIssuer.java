package dev.redisaccess.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.redisaccess.kubernetes.json.Json;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Signs the tokens of ServiceAccounts, as the API server's TokenRequest does: RS256, and the claims that a real server
 * (1.36) puts in. The key is made at start and never leaves the process; its public half is served as a JWKS.
 */
final class TokenIssuer {
    /** What the API server allows, in seconds. */
    private static final long SHORTEST = 600;

    private static final long LONGEST = 1L << 32;

    private final String issuer;
    private final Clock clock;
    private final RSAKey key;

    /** When a token is valid, in whole seconds. */
    private record Validity(Instant from, Instant until) {
        static Validity of(Instant now, long seconds) {
            Instant from = now.truncatedTo(ChronoUnit.SECONDS);
            return new Validity(from, from.plusSeconds(seconds));
        }
    }

    TokenIssuer(String issuer, Clock clock) {
        this.issuer = issuer;
        this.clock = clock;
        try {
            this.key = new RSAKeyGenerator(2048)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("The JDK has no RSA keys.", e);
        }
    }

    /** The public keys, as a JWKS document. */
    JsonNode keys() {
        return Json.parse(new JWKSet(key).toPublicJWKSet().toString());
    }

    /** The OpenID configuration that names issuer and keys. */
    ObjectNode configuration(String apiUrl) {
        ObjectNode configuration = Json.object().put("issuer", issuer).put("jwks_uri", apiUrl + "/openid/v1/jwks");
        configuration.putArray("response_types_supported").add("id_token");
        configuration.putArray("subject_types_supported").add("public");
        configuration.putArray("id_token_signing_alg_values_supported").add("RS256");
        return configuration;
    }

    /** The response to a TokenRequest for a ServiceAccount that exists: the request with its status. */
    ObjectNode response(ObjectNode request, ObjectNode serviceAccount) {
        long seconds = request.path("spec").path("expirationSeconds").asLong(3600);
        if (seconds < SHORTEST || seconds > LONGEST) {
            throw ApiFailure.invalid(
                    "TokenRequest.authentication.k8s.io \"\" is invalid: spec.expirationSeconds: Invalid value: "
                            + seconds
                            + ": may not specify a duration less than 10 minutes or larger than 2^32 seconds");
        }
        List<String> audiences = new ArrayList<>();
        request.path("spec").path("audiences").forEach(audience -> audiences.add(audience.asText()));
        if (audiences.isEmpty()) {
            audiences.add(issuer);
        }
        Validity validity = Validity.of(clock.instant(), seconds);
        ObjectNode response = request.deepCopy();
        response.put("kind", "TokenRequest").put("apiVersion", "authentication.k8s.io/v1");
        response.withObjectProperty("spec").put("expirationSeconds", seconds);
        response.putObject("status")
                .put("token", sign(claims(serviceAccount, audiences, validity)))
                .put("expirationTimestamp", validity.until().toString());
        return response;
    }

    private JWTClaimsSet claims(ObjectNode serviceAccount, List<String> audiences, Validity validity) {
        JsonNode metadata = serviceAccount.path("metadata");
        String namespace = metadata.path("namespace").asText();
        String name = metadata.path("name").asText();
        return new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject("system:serviceaccount:" + namespace + ":" + name)
                .audience(audiences)
                .issueTime(Date.from(validity.from()))
                .notBeforeTime(Date.from(validity.from()))
                .expirationTime(Date.from(validity.until()))
                .jwtID(UUID.randomUUID().toString())
                .claim(
                        "kubernetes.io",
                        Map.of(
                                "namespace",
                                namespace,
                                "serviceaccount",
                                Map.of("name", name, "uid", metadata.path("uid").asText())))
                .build();
    }

    private String sign(JWTClaimsSet claims) {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("An RSA key does not sign RS256.", e);
        }
        return token.serialize();
    }
}
