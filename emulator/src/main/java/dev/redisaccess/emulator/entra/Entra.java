package dev.redisaccess.emulator.entra;

import dev.redisaccess.emulator.http.Handler;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.http.NotEmulated;
import dev.redisaccess.emulator.http.Request;
import dev.redisaccess.emulator.http.Response;
import dev.redisaccess.emulator.http.Router;
import dev.redisaccess.emulator.state.AzureState;
import java.time.Clock;
import java.util.Map;
import java.util.function.BiFunction;

/** The authority: the emulated part of {@code login.microsoftonline.com}. */
public final class Entra implements Handler {

    private final Router<BiFunction<Request, Map<String, String>, Response>> router = new Router<>();
    private final EntraAnswers answers;

    /** @param resources the resources for which it issues tokens */
    public Entra(
            AzureState state,
            AccessTokens tokens,
            SigningKeys keys,
            IssuerKeys issuers,
            Resources resources,
            Clock clock) {
        this.answers = new EntraAnswers(clock);
        TokenEndpoint token =
                new TokenEndpoint(state, tokens, new ClientAssertions(issuers, clock), resources, answers);
        Discovery discovery = new Discovery(state.tenantId(), keys, resources, answers);
        router.add("POST", "/{tenant}/oauth2/v2.0/token", token::v2);
        router.add("POST", "/{tenant}/oauth2/token", token::v1);
        router.add("GET", "/{tenant}/v2.0/.well-known/openid-configuration", discovery::v2);
        router.add("GET", "/{tenant}/.well-known/openid-configuration", discovery::v1);
        router.add("GET", "/{tenant}/discovery/v2.0/keys", discovery::keys);
        router.add("GET", "/{tenant}/discovery/keys", discovery::keys);
        router.add("GET", "/{tenant}/discovery/instance", discovery::instance);
    }

    @Override
    public Response handle(Request request) {
        Response response = router.find(request)
                .map(found -> found.target().apply(request, found.values()))
                .orElseGet(() -> notEmulated(request));
        boolean echo = request.header("return-client-request-id").isPresent();
        return request.header("client-request-id")
                .filter(id -> echo)
                .map(id -> response.with("client-request-id", id))
                .orElse(response);
    }

    private Response notEmulated(Request request) {
        int status = router.knowsPath(request) ? 405 : 404;
        String text = "The emulator does not serve `" + request + "`.";
        return answers.envelope(NotEmulated.mark(
                Response.json(status, Json.object().put("error", "not_emulated").put("error_description", text))));
    }

    /** A refusal by its number, for a fault. */
    public Response error(Request request, int aadsts) {
        return answers.error(request, aadsts);
    }
}
