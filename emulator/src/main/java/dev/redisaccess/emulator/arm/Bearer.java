package dev.redisaccess.emulator.arm;

import dev.redisaccess.emulator.entra.AccessToken;
import dev.redisaccess.emulator.entra.AccessTokens;
import dev.redisaccess.emulator.entra.Resource;
import dev.redisaccess.emulator.http.Request;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Checks the bearer token of a request. */
final class Bearer {

    private static final String PREFIX = "bearer ";

    private final AccessTokens tokens;
    private final String tenantId;
    private final Clock clock;
    private final Supplier<String> authority;
    private final Predicate<String> audience;

    /**
     * @param authority the base URL of the token issuer, for the header with the authorization endpoint
     * @param audience the required audience of a token
     */
    Bearer(AccessTokens tokens, String tenantId, Clock clock, Supplier<String> authority, Predicate<String> audience) {
        this.tokens = tokens;
        this.tenantId = tenantId;
        this.clock = clock;
        this.authority = authority;
        this.audience = audience;
    }

    /** @throws ArmRefusal with 401 when there is no usable token */
    Caller authenticate(Request request) {
        String header = request.header("authorization").orElse("");
        if (!header.toLowerCase(Locale.ROOT).startsWith(PREFIX)) {
            throw refused("AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing.");
        }
        Optional<AccessToken> verified =
                tokens.verify(header.substring(PREFIX.length()).trim());
        if (verified.isEmpty()) {
            throw refused("InvalidAuthenticationToken", "The access token is invalid.");
        }
        AccessToken token = verified.get();
        Instant now = clock.instant();
        if (!audience.test(token.audience())) {
            throw refused(
                    "InvalidAuthenticationTokenAudience",
                    "The access token has been obtained for wrong audience or resource '" + token.audience()
                            + "'. It should exactly match with one of the allowed audiences '"
                            + String.join("','", Resource.ARM.names()) + "'.");
        } else if (!token.tenantId().equalsIgnoreCase(tenantId)) {
            throw refused("InvalidAuthenticationTokenTenant", "The access token is from the wrong issuer.");
        } else if (!now.isBefore(token.expires())) {
            throw refused(
                    "ExpiredAuthenticationToken",
                    "The access token expiry UTC time '" + DateTimeFormatter.ISO_INSTANT.format(token.expires())
                            + "' is earlier than current UTC time '" + DateTimeFormatter.ISO_INSTANT.format(now)
                            + "'.");
        }
        return new Caller(token.objectId(), token.clientId());
    }

    private ArmRefusal refused(String code, String message) {
        String challenge = "Bearer authorization_uri=\"" + authority.get() + "/" + tenantId
                + "\", error=\"invalid_token\", error_description=\"" + message.replace('"', '\'') + "\"";
        return new ArmRefusal(ArmError.gateway(401, code, message).with("WWW-Authenticate", challenge));
    }
}
