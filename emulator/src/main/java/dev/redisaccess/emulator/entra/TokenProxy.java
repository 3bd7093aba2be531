package dev.redisaccess.emulator.entra;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.redisaccess.emulator.http.Handler;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.http.NotEmulated;
import dev.redisaccess.emulator.http.PathTemplate;
import dev.redisaccess.emulator.http.Request;
import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.state.IdentityBindings;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The token proxy of an AKS cluster. It verifies the ServiceAccount's token, reviews whether the ServiceAccount may use the
 * identity, replaces the token by one of the identity binding's issuer, and returns the answer of Entra.
 */
public final class TokenProxy implements Handler {

    /** The audience of the tokens that it accepts. */
    public static final String AUDIENCE = "api://AKSIdentityBinding";

    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final PathTemplate PATH = new PathTemplate("/{tenant}/oauth2/v2.0/token");

    private final IdentityBindings bindings;
    private final IdentityBindingAuthorization authorization;
    private final ClientAssertions assertions;
    private final SigningKeys keys;
    private final Handler entra;
    private final Clock clock;

    /**
     * @param issuers of the ServiceAccounts' tokens; gets the issuer of the identity bindings
     * @param entra gets the requests with the replaced token
     */
    public TokenProxy(
            IdentityBindings bindings,
            IdentityBindingAuthorization authorization,
            IssuerKeys issuers,
            Handler entra,
            Clock clock) {
        this.bindings = bindings;
        this.authorization = authorization;
        this.assertions = new ClientAssertions(issuers, clock);
        this.keys = new SigningKeys();
        this.entra = entra;
        this.clock = clock;
        issuers.add(IdentityBindings.ISSUER, keys);
    }

    @Override
    public Response handle(Request request) {
        Optional<Map<String, String>> path = PATH.match(request.segments());
        if (path.isEmpty() || !request.method().equals("POST")) {
            return NotEmulated.mark(refusal(404, "not_found", "The emulator does not serve `" + request + "`."));
        }
        Map<String, String> form = request.form();
        Optional<ClientAssertion> assertion =
                Optional.ofNullable(form.get("client_assertion")).flatMap(ClientAssertion::parse);
        String clientId = form.getOrDefault("client_id", "");
        if (assertion.isEmpty() || clientId.isEmpty()) {
            return refusal(
                    400, "invalid_request", "`client_id` and a `client_assertion` that is a signed JWT are required.");
        }
        return refused(assertion.get(), clientId)
                .orElseGet(() -> entra.handle(replaced(request, path.get().get("tenant"), clientId)));
    }

    private Optional<Response> refused(ClientAssertion assertion, String clientId) {
        if (!assertion.audiences().contains(AUDIENCE)
                || assertions.invalid(assertion).isPresent()
                || !assertion.subject().matches("system:serviceaccount:[^:]+:[^:]+")) {
            return Optional.of(refusal(
                    401,
                    "invalid_client",
                    "The token is not a valid ServiceAccount token for the audience " + AUDIENCE + "."));
        }
        try {
            if (!authorization.allows(clientId, assertion.subject())) {
                return Optional.of(refusal(
                        403,
                        "access_denied",
                        "`" + assertion.subject() + "` cannot use-managed-identity resource \"" + clientId
                                + "\" in API group \"cid.wi.aks.azure.com\" at the cluster scope."));
            }
        } catch (IOException e) {
            return Optional.of(refusal(503, "temporarily_unavailable", "The permission could not be reviewed."));
        }
        return bindings.isBound(clientId)
                ? Optional.empty()
                : Optional.of(refusal(
                        404, "not_found", "This cluster has no identity binding for the client ID " + clientId + "."));
    }

    private Request replaced(Request request, String tenant, String clientId) {
        Map<String, String> form = new HashMap<>(request.form());
        form.put("client_assertion", token(tenant, clientId));
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return new Request(
                request.method(),
                request.target(),
                request.rawPath(),
                request.query(),
                request.headers(),
                body.getBytes(StandardCharsets.UTF_8),
                request.attributes());
    }

    private String token(String tenant, String clientId) {
        RSAKey key = keys.current();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(IdentityBindings.issuer(tenant, clientId))
                .subject(IdentityBindings.SUBJECT)
                .audience("api://AzureADTokenExchange")
                .notBeforeTime(Date.from(clock.instant()))
                .expirationTime(Date.from(clock.instant().plus(LIFE)))
                .build();
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(JOSEObjectType.JWT)
                        .keyID(key.getKeyID())
                        .build(),
                claims);
        try {
            jwt.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("the token could not be signed", e);
        }
        return jwt.serialize();
    }

    private static Response refusal(int status, String error, String description) {
        return Response.json(status, Json.object().put("error", error).put("error_description", description));
    }
}
