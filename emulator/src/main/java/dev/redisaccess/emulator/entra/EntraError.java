package dev.redisaccess.emulator.entra;

/**
 * A refusal of the token endpoint.
 *
 * @param code the AADSTS number
 * @param status the HTTP status
 * @param error the OAuth error
 * @param text the text after the number
 */
public record EntraError(int code, int status, String error, String text) {

    private static final String FEDERATION_HINT =
            " Check your federated identity credential Subject, Audience and Issuer against the presented assertion."
                    + " https://learn.microsoft.com/entra/workload-id/workload-identity-federation";

    static EntraError invalidClient(int code, String text) {
        return new EntraError(code, 401, "invalid_client", text);
    }

    static EntraError invalidRequest(int code, String text) {
        return new EntraError(code, 400, "invalid_request", text);
    }

    static EntraError tenantNotFound(String tenant) {
        return invalidRequest(
                90002,
                "Tenant '" + tenant
                        + "' not found. Check to make sure you have the correct tenant ID and are signing into the"
                        + " correct cloud. Check with your subscription administrator, this may happen if there are no"
                        + " active subscriptions for the tenant.");
    }

    static EntraError instanceUnknown() {
        return new EntraError(50049, 400, "invalid_instance", "Unknown or invalid instance.");
    }

    static EntraError missingParameter(String name) {
        return invalidRequest(900144, "The request body must contain the following parameter: '" + name + "'.");
    }

    static EntraError grantTypeUnsupported(String grantType) {
        return new EntraError(
                70003,
                400,
                "unsupported_grant_type",
                "The app requested an unsupported grant type '" + grantType + "'.");
    }

    static EntraError applicationNotFound(String clientId, String tenant) {
        return new EntraError(
                700016,
                400,
                "unauthorized_client",
                "Application with identifier '" + clientId + "' was not found in the directory '" + tenant
                        + "'. This can happen if the application has not been installed by the administrator of the"
                        + " tenant or consented to by any user in the tenant. You may have sent your authentication"
                        + " request to the wrong tenant.");
    }

    static EntraError credentialMissing() {
        return invalidClient(
                7000218,
                "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.");
    }

    static EntraError secretInvalid(String clientId) {
        return invalidClient(
                7000215,
                "Invalid client secret provided. Ensure the secret being sent in the request is the client secret"
                        + " value, not the client secret ID, for a secret added to app '" + clientId + "'.");
    }

    static EntraError assertionMalformed() {
        return invalidRequest(50027, "JWT token is invalid or malformed.");
    }

    static EntraError noFederation(ClientAssertion assertion) {
        return invalidClient(
                70021,
                "No matching federated identity record found for presented assertion. Assertion Issuer: '"
                        + assertion.issuer() + "'. Assertion Subject: '" + assertion.subject()
                        + "'. Assertion Audience: '"
                        + assertion.audience()
                        + "'. https://learn.microsoft.com/entra/workload-id/workload-identity-federation");
    }

    static EntraError issuerNotMatched(ClientAssertion assertion) {
        return notMatched(700211, "issuer", assertion.issuer());
    }

    static EntraError audienceNotMatched(ClientAssertion assertion) {
        return notMatched(700212, "audience", assertion.audience());
    }

    static EntraError subjectNotMatched(ClientAssertion assertion) {
        return notMatched(700213, "subject", assertion.subject());
    }

    private static EntraError notMatched(int code, String what, String value) {
        return invalidClient(
                code,
                "No matching federated identity record found for presented assertion " + what + " '" + value + "'."
                        + FEDERATION_HINT);
    }

    static EntraError issuerUnreachable() {
        return invalidRequest(90061, "Request to External OIDC endpoint failed.");
    }

    static EntraError keyNotFound() {
        return invalidClient(
                700027, "Client assertion contains an invalid signature. [Reason - The key was not found.]");
    }

    static EntraError signatureInvalid() {
        return invalidClient(50012, "Client assertion contains an invalid signature.");
    }

    static EntraError assertionOutOfTime(String now, String from, String to) {
        return invalidClient(
                700024,
                "Client assertion is not within its valid time range. Current time: " + now
                        + ", assertion valid from " + from + ", expiry time of assertion " + to
                        + ". Review the documentation at"
                        + " https://learn.microsoft.com/entra/identity-platform/certificate-credentials .");
    }

    static EntraError scopeInvalid(String scope) {
        return new EntraError(
                1002012,
                400,
                "invalid_scope",
                "The provided value for scope " + scope
                        + " is not valid. Client credential flows must have a scope value"
                        + " with /.default suffixed to the resource identifier (application ID URI).");
    }

    static EntraError resourceNotFound(String resource, String tenant) {
        return new EntraError(
                500011,
                400,
                "invalid_resource",
                "The resource principal named " + resource + " was not found in the tenant named " + tenant
                        + ". This can happen if the application has not been installed by the administrator of the"
                        + " tenant or consented to by any user in the tenant. You might have sent your authentication"
                        + " request to the wrong tenant.");
    }
}
