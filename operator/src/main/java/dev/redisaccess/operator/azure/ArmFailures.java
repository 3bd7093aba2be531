package dev.redisaccess.operator.azure;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.OthersWords;
import dev.redisaccess.operator.binding.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an error of ARM means for us. Pure. The codes and their sentences are ARM's documented and recorded ones. What
 * changes with every request (times, trace ids, links to operations) is left out of messages, so that status stays still.
 */
final class ArmFailures {

    private static final int LONGEST_QUOTE = 400;
    private static final int LONGEST_CODE = 80;

    private static final Pattern TRACE = Pattern.compile(
            "(?i)[.,;]?\\s*\\(?\\b(?:trace|tracking|correlation|request|activity|operation)[- ]?id\\b.*",
            Pattern.DOTALL);

    private static final Pattern ACTION = Pattern.compile("perform action '([^']+)'");
    private static final Pattern SCOPE = Pattern.compile("over scope '([^']+)'");

    private ArmFailures() {}

    /**
     * @param action what was tried
     * @param scope the ARM path on which it was tried
     */
    static Problem of(ArmError error, ArmAction action, String scope) {
        Problem problem = classify(error, action, scope);
        return error.retryAfter().map(problem::retryAfter).orElse(problem);
    }

    private static Problem classify(ArmError error, ArmAction action, String scope) {
        return switch (error.status()) {
            case 401 ->
                Problem.of(
                        Reason.AZURE_CREDENTIAL_FAILED,
                        "Azure Resource Manager refused the operator's token (" + code(error)
                                + "): check AZURE_TENANT_ID, the resource manager endpoint and its audience");
            case 403 -> forbidden(error, action, scope);
            case 404 -> notFound(error, scope);
            case 408 -> unavailable(error);
            case 409 -> conflict(error);
            case 429 ->
                Problem.of(
                        Reason.AZURE_THROTTLED,
                        "Azure Resource Manager takes no more requests from this subscription for now (" + code(error)
                                + ")");
            default -> error.status() >= 500 ? unavailable(error) : refused(error);
        };
    }

    private static Problem forbidden(ArmError error, ArmAction action, String scope) {
        String code = error.code().toLowerCase(Locale.ROOT);
        if (!code.contains("authorizationfailed") && !code.isEmpty() && !code.equals("forbidden")) {
            // RequestDisallowedByPolicy, DisallowedOperation, ReadOnlyDisabledSubscription, …: a role does not help.
            return refused(error);
        }
        String missing = quoted(ACTION, error.message()).orElse(action.permission());
        String where = quoted(SCOPE, error.message()).orElse(scope);
        return Problem.of(
                Reason.AZURE_FORBIDDEN,
                "The operator's identity lacks the action `" + missing + "` on `" + where + "` (" + code(error)
                        + "): assign the operator's role there; a new assignment takes some minutes to work");
    }

    private static Problem notFound(ArmError error, String scope) {
        return switch (error.code()) {
            case "InvalidResourceType", "InvalidResourceNamespace" -> refused(error);
            default ->
                Problem.of(
                        Reason.AZURE_RESOURCE_NOT_FOUND,
                        "Azure knows no `" + scope + "` (" + code(error) + ")" + sentence(error));
        };
    }

    private static Problem conflict(ArmError error) {
        if (error.code().equals("ScopeLocked")) {
            return refused(error);
        }
        return Problem.of(
                Reason.ASSIGNMENT_FAILED,
                "Another operation on this database is in progress (" + code(error)
                        + "); it is tried again in seconds");
    }

    private static Problem unavailable(ArmError error) {
        return Problem.of(
                Reason.AZURE_UNAVAILABLE,
                "Azure Resource Manager answered with an error of its own (" + code(error) + ")");
    }

    private static Problem refused(ArmError error) {
        return Problem.of(
                Reason.AZURE_REQUEST_REFUSED, "Azure refuses the request (" + code(error) + ")" + sentence(error));
    }

    private static String code(ArmError error) {
        return error.code().isEmpty()
                ? "HTTP " + error.status()
                : error.status() + " " + OthersWords.quote(error.code(), LONGEST_CODE);
    }

    private static String sentence(ArmError error) {
        String text = steady(error.message());
        return text.isEmpty() ? "" : ": " + text;
    }

    /** Without what changes from one attempt to the next. */
    static String steady(String message) {
        return OthersWords.quote(TRACE.matcher(message).replaceFirst(""), LONGEST_QUOTE);
    }

    private static Optional<String> quoted(Pattern pattern, String message) {
        Matcher matcher = pattern.matcher(message);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /**
     * Reads {@code Retry-After}: seconds, or a date of HTTP.
     *
     * @param now to reckon the date from
     */
    static Optional<Duration> retryAfter(String header, Instant now) {
        String text = header.strip();
        if (text.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(at.isAfter(now) ? Duration.between(now, at) : Duration.ZERO);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
