package dev.redisaccess.operator.azure;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.SafeQuote;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Classifies the errors of Azure Resource Manager. Pure. Only a code that is named here gets an explanation; with any other
 * one the message has Azure's code and sentence, and claims no cause. The codes and their sentences are documented or recorded.
 * Times, trace IDs and links to operations change with every request and are left out of messages, so that status does not
 * change.
 */
final class ArmFailures {

    /**
     * An error as Azure reports it.
     *
     * @param status of HTTP
     * @param code empty text if the body is not Azure's, as from a gateway
     * @param message empty text if there is none
     * @param retryAfter the delay that was asked for
     */
    record ArmError(int status, String code, String message, Optional<Duration> retryAfter) {

        /** Characters of each text that are read: patterns are searched in them. */
        private static final int LONGEST = 4096;

        ArmError {
            code = SafeQuote.start(code, LONGEST);
            message = SafeQuote.start(message, LONGEST);
        }
    }

    /** The codes by which ARM refuses an api-version for a type, 400 or 404. */
    static final Set<String> VERSION_REFUSED =
            Set.of("NoRegisteredProviderFound", "InvalidApiVersionParameter", "InvalidResourceType");

    /** The identity lacks an action, on the resource or on one that it refers to. */
    private static final Set<String> ROLE_MISSING = Set.of("AuthorizationFailed", "LinkedAuthorizationFailed");

    private static final String DENY_ASSIGNMENT = "DenyAssignmentAuthorizationFailed";

    /** Another change of the same database is in progress. */
    private static final String BUSY = "AnotherOperationInProgress";

    /** A code of many meanings, one of which is that another change is in progress: the sentence decides. */
    private static final String CONFLICT = "Conflict";

    private static final Pattern BUSY_SENTENCE =
            Pattern.compile("(?i)\\bis busy\\b|\\bin progress\\b|undergoing system maintenance");

    private static final int LONGEST_QUOTE = 400;
    private static final int LONGEST_NAME = 250;
    private static final int LONGEST_CODE = 80;

    private static final Pattern TRACE = Pattern.compile(
            "(?i)[.,;]?\\s*\\(?\\b(?:trace|tracking|correlation|request|activity|operation)[- ]?id\\b.*",
            Pattern.DOTALL);

    /** A link to documentation stays the same; one to an operation has its ID, and a signature. */
    private static final Pattern LINK = Pattern.compile("https?://(?!aka\\.ms/|learn\\.microsoft\\.com/)[^\\s'\"`]+");

    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d(:\\d\\d[.0-9]*)?(Z|[+-]\\d\\d:?\\d\\d)?"
                    + "|\\d{1,2}/\\d{1,2}/\\d{4} \\d{1,2}:\\d\\d(:\\d\\d)?( [AP]M)?");

    private static final Pattern SECONDS = Pattern.compile("'?\\d+'?(?= (?:seconds?|minutes?)\\b)");

    private static final Pattern ACTION = Pattern.compile("perform action '([^']+)'");
    private static final Pattern SCOPE = Pattern.compile("over scope '([^']+)'");
    private static final Pattern DENIED_BY = Pattern.compile("deny assignment with name '([^']+)'");

    private ArmFailures() {}

    /**
     * @param action that was requested
     * @param scope the ARM path of the request
     */
    static Problem of(ArmError error, ArmAction action, String scope) {
        Problem problem = classify(error, action, scope);
        return error.retryAfter().map(problem::retryAfter).orElse(problem);
    }

    private static Problem classify(ArmError error, ArmAction action, String scope) {
        return switch (error.status()) {
            case 401 -> unauthenticated(error);
            case 403 -> forbidden(error, action, scope);
            case 404 -> notFound(error, scope);
            case 407 ->
                Problem.of(
                        Reason.AZURE_UNAVAILABLE,
                        "The proxy requires a user and a password (HTTP 407): add them to the URL of `HTTPS_PROXY`.");
            case 408 -> unavailable(error);
            case 409 -> conflict(error);
            case 429 -> problem(Reason.AZURE_THROTTLED, "Azure throttles requests of this kind", error, "");
            default -> error.status() >= 500 ? unavailable(error) : refused(error);
        };
    }

    private static Problem unauthenticated(ArmError error) {
        String advice =
                switch (error.code()) {
                    case "InvalidAuthenticationTokenTenant" -> " Check `AZURE_TENANT_ID`.";
                    case "InvalidAuthenticationTokenAudience" -> " Check `REDIS_ACCESS_RESOURCE_MANAGER_ENDPOINT`.";
                    case "ExpiredAuthenticationToken" -> " Check the clock of the operator's node.";
                    default -> "";
                };
        return problem(
                Reason.AZURE_CREDENTIAL_FAILED,
                "Azure Resource Manager did not accept the operator's token",
                error,
                advice);
    }

    private static Problem forbidden(ArmError error, ArmAction action, String scope) {
        if (ROLE_MISSING.contains(error.code())) {
            String missing = quoted(ACTION, error.message()).orElse(action.permission());
            String where = quoted(SCOPE, error.message()).orElse(scope);
            return problem(
                    Reason.AZURE_FORBIDDEN,
                    "The operator's identity lacks the action `" + missing + "` on `" + where
                            + "`. Assign the operator's role there; a new assignment takes some minutes to work",
                    error,
                    "");
        }
        if (DENY_ASSIGNMENT.equals(error.code())) {
            String by = quoted(DENIED_BY, error.message())
                    .map(name -> "the deny assignment `" + name + "`")
                    .orElse("a deny assignment");
            return problem(
                    Reason.AZURE_REQUEST_REFUSED,
                    "The operator's role allows `" + action.permission() + "`, but " + by
                            + " denies it. Exclude the operator's identity from it, or remove it",
                    error,
                    "");
        }
        return refused(error);
    }

    private static Problem notFound(ArmError error, String scope) {
        // The resource provider's own code for a missing assignment has not been recorded; all known ones end like
        // this.
        return error.code().toLowerCase(Locale.ROOT).endsWith("notfound")
                ? problem(Reason.AZURE_RESOURCE_NOT_FOUND, "`" + scope + "` was not found in Azure", error, "")
                : refused(error);
    }

    private static Problem conflict(ArmError error) {
        boolean busy = BUSY.equals(error.code())
                || CONFLICT.equals(error.code())
                        && BUSY_SENTENCE.matcher(error.message()).find();
        return busy
                ? problem(
                        Reason.ASSIGNMENT_FAILED,
                        "Another operation on this database is in progress. This one is repeated within seconds",
                        error,
                        "")
                : refused(error);
    }

    private static Problem unavailable(ArmError error) {
        return problem(
                Reason.AZURE_UNAVAILABLE,
                "Azure, or a gateway in front of it, failed to answer the request",
                error,
                "");
    }

    private static Problem refused(ArmError error) {
        return problem(Reason.AZURE_REQUEST_REFUSED, "Azure refused the request", error, "");
    }

    private static Problem problem(Reason reason, String what, ArmError error, String advice) {
        return Problem.of(reason, what + " (" + code(error) + ")" + sentence(error) + advice);
    }

    private static String code(ArmError error) {
        return error.code().isEmpty()
                ? "HTTP " + error.status()
                : error.status() + " " + SafeQuote.quote(error.code(), LONGEST_CODE);
    }

    private static String sentence(ArmError error) {
        String text = steady(error.message());
        return text.isEmpty() ? "." : ": " + SafeQuote.sentence(text);
    }

    /** Without what changes from one attempt to the next. */
    static String steady(String message) {
        String text = TRACE.matcher(SafeQuote.start(message, ArmError.LONGEST)).replaceFirst("");
        text = LINK.matcher(text).replaceAll("(link)");
        text = TIME.matcher(text).replaceAll("(time)");
        text = SECONDS.matcher(text).replaceAll("some");
        return SafeQuote.quote(text, LONGEST_QUOTE);
    }

    private static Optional<String> quoted(Pattern pattern, String message) {
        Matcher matcher = pattern.matcher(message);
        return matcher.find() ? Optional.of(SafeQuote.quote(matcher.group(1), LONGEST_NAME)) : Optional.empty();
    }
}
