package dev.redisaccess.operator.entra;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redisaccess.operator.api.Federation;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.ClientId;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.Principal;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.TenantId;
import dev.redisaccess.operator.binding.WorkloadToken;
import dev.redisaccess.operator.binding.port.Deadline;
import dev.redisaccess.operator.http.BoundedHttp;
import dev.redisaccess.operator.http.RetryAfter;
import dev.redisaccess.operator.http.TokenProxy;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The exchange, at Entra or at the token proxy of a cluster: client credentials with a federated assertion (learn.microsoft.com/entra/identity-platform/
 * v2-oauth2-client-creds-grant-flow, third case).
 */
final class EntraTokenEndpoint {

    private static final String JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /** A token is below 8 KiB, an error below 4. */
    static final int MOST_BYTES = 64 * 1024;

    private final BoundedHttp http;
    private final Locator locator;
    private final Federation federation;
    private final EntraSettings settings;
    private final Clock clock;

    /** Where a request for Entra is sent. */
    private interface Locator {
        URI locate(URI entra) throws IOException;
    }

    /** At Entra. */
    EntraTokenEndpoint(HttpClient http, EntraSettings settings, Clock clock) {
        this(http, entra -> entra, Federation.DIRECT, settings, clock);
    }

    /** At a token proxy. */
    EntraTokenEndpoint(TokenProxy proxy, EntraSettings settings, Clock clock) {
        this(proxy.http(), proxy::locate, Federation.IDENTITY_BINDING, settings, clock);
    }

    private EntraTokenEndpoint(
            HttpClient http, Locator locator, Federation federation, EntraSettings settings, Clock clock) {
        this.http = new BoundedHttp(http, MOST_BYTES);
        this.locator = locator;
        this.federation = federation;
        this.settings = settings;
        this.clock = clock;
    }

    /** Blocks at most until the deadline. */
    Result<WorkloadToken> exchange(
            Assertion assertion, ClientId clientId, ExchangeFailures failures, Deadline deadline) {
        try {
            var answer = http.send(request(assertion, clientId, deadline), deadline.left());
            return read(answer, clientId, failures);
        } catch (IOException e) {
            return Result.failed(failures.ofException(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Result.failed(Problem.of(
                    Reason.ENTRA_UNAVAILABLE, "The exchange with Entra was interrupted: the operator is stopping."));
        }
    }

    private HttpRequest request(Assertion assertion, ClientId clientId, Deadline deadline) throws IOException {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        form.put("client_id", clientId.value());
        form.put("scope", settings.scope());
        form.put("client_assertion_type", JWT_BEARER);
        form.put("client_assertion", assertion.secret());
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return HttpRequest.newBuilder(locator.locate(settings.tokenEndpoint()))
                .timeout(deadline.left())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private Result<WorkloadToken> read(HttpResponse<byte[]> answer, ClientId clientId, ExchangeFailures failures) {
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        JsonNode token = JsonWebToken.object(body).path("access_token");
        if (answer.statusCode() != 200 || !token.isTextual()) {
            return Result.failed(failures.ofAnswer(answer.statusCode(), body, retryAfter(answer)));
        }
        return JsonWebToken.parse(token.textValue())
                .flatMap(jwt -> workloadToken(token.textValue(), jwt, clientId))
                .map(Result::ok)
                .orElseGet(() -> Result.failed(Problem.of(
                        Reason.TOKEN_EXCHANGE_FAILED,
                        "The Entra authority `" + settings.authority().getHost()
                                + "` returned a token without the claims `oid`, `tid`, `aud` and `exp`. Check"
                                + " `AZURE_AUTHORITY_HOST` and the operator's Redis scope, `" + settings.scope()
                                + "`.")));
    }

    private Optional<WorkloadToken> workloadToken(String secret, JsonWebToken jwt, ClientId asked) {
        Optional<ObjectId> objectId = jwt.text("oid").flatMap(ObjectId::parse);
        Optional<TenantId> tenantId = jwt.text("tid").flatMap(TenantId::parse);
        Optional<String> audience = jwt.text("aud");
        Optional<Instant> expires = jwt.time("exp");
        if (objectId.isEmpty() || tenantId.isEmpty() || audience.isEmpty() || expires.isEmpty()) {
            return Optional.empty();
        }
        // Version 1 tokens have appid, version 2 tokens azp.
        ClientId clientId = jwt.text("appid")
                .or(() -> jwt.text("azp"))
                .flatMap(ClientId::parse)
                .orElse(asked);
        Instant notBefore = jwt.time("nbf").or(() -> jwt.time("iat")).orElse(Instant.EPOCH);
        Principal principal = new Principal(clientId, objectId.get(), tenantId.get());
        return Optional.of(new WorkloadToken(
                secret, new WorkloadToken.Claims(principal, audience.get(), notBefore, expires.get()), federation));
    }

    private Optional<Duration> retryAfter(HttpResponse<?> answer) {
        return answer.headers().firstValue("Retry-After").flatMap(header -> RetryAfter.parse(header, clock.instant()));
    }
}
