package dev.redisaccess.operator;

import dev.redisaccess.operator.binding.port.CauseChain;
import dev.redisaccess.operator.telemetry.PortUnavailable;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why the operator could not start, in one sentence for whoever reads the pod's last log line, and the exit
 * code that tells it apart.
 *
 * @param exitCode 2 to 6, as in docs/reference/configuration.md
 * @param sentence names the resource, the rule or the server, and what to do
 */
record StartFailure(int exitCode, String sentence) {

    /** The API server does not know a kind that the operator serves. */
    static final int EXIT_KIND_MISSING = 3;

    /** The API server knows the operator, and refuses what it must be allowed to do. */
    static final int EXIT_FORBIDDEN = 4;

    /** No answer from the API server, or one that says nothing about the request. */
    static final int EXIT_UNREACHABLE = 5;

    /** The API server lacks what the operator and its CRDs rely on. */
    static final int EXIT_TOO_OLD = 6;

    /** The oldest minor version of Kubernetes 1 that will do; the chart's kubeVersion says the same. */
    static final int OLDEST_MINOR = 31;

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    /** The framework's own check of the rule for the Lease, which has no type and no code: java-operator-sdk's LeaderElectionManager. */
    private static final String NO_LEASE = "No permission to lease resource";

    /** How the API server names a resource in a request's path. */
    private static final Pattern RESOURCE =
            Pattern.compile("/apis/redisaccess\\.dev/[^/]+/(?:namespaces/[^/]+/)?([a-z]+)");

    /**
     * What is to be told of this exception.
     *
     * @return empty if none of its causes is an answer of the API server, a lack of one, or a taken port: then only the stack trace
     *     helps
     */
    static Optional<StartFailure> of(Throwable failed) {
        StartFailure found = null;
        for (Throwable cause : CauseChain.of(failed).outermostFirst()) {
            // An answer is worth more than a broken connection, and the innermost one has the server's own words.
            StartFailure told = told(cause);
            if (told != null && (found == null || told.exitCode != EXIT_UNREACHABLE)) {
                found = told;
            }
        }
        return Optional.ofNullable(found);
    }

    /**
     * Whether an API server will do, judged by what it says of itself.
     *
     * @param major such as {@code 1}
     * @param minor such as {@code 31}, or {@code 31+} where a provider has changed it
     * @return empty also where nobody can tell
     */
    static Optional<StartFailure> tooOld(String major, String minor) {
        Matcher first = NUMBER.matcher(String.valueOf(major));
        Matcher second = NUMBER.matcher(String.valueOf(minor));
        if (!first.lookingAt() || !second.lookingAt()) {
            return Optional.empty();
        }
        boolean old = Integer.parseInt(first.group()) < 1
                || Integer.parseInt(first.group()) == 1 && Integer.parseInt(second.group()) < OLDEST_MINOR;
        return old
                ? Optional.of(new StartFailure(
                        EXIT_TOO_OLD,
                        "The API server is Kubernetes " + first.group() + "." + second.group() + ", and must be 1."
                                + OLDEST_MINOR + " or newer: an older one takes the CustomResourceDefinitions without"
                                + " all of their rules"))
                : Optional.empty();
    }

    private static StartFailure told(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (message.startsWith(NO_LEASE)) {
            return forbidden(message);
        }
        if (cause instanceof KubernetesClientException answer && answer.getStatus() != null) {
            return answered(answer);
        }
        if (cause instanceof PortUnavailable) {
            return new StartFailure(Main.EXIT_CONFIGURATION, message);
        }
        if (cause instanceof IOException) {
            return new StartFailure(
                    EXIT_UNREACHABLE,
                    "The API server could not be reached: "
                            + (cause.getMessage() == null ? cause.getClass().getSimpleName() : message)
                            + ". The first line of this log says where it was looked for");
        }
        return null;
    }

    private static StartFailure answered(KubernetesClientException answer) {
        return switch (answer.getCode()) {
            case HttpURLConnection.HTTP_NOT_FOUND -> kindMissing(String.valueOf(answer.getMessage()));
            case HttpURLConnection.HTTP_UNAUTHORIZED ->
                new StartFailure(
                        EXIT_FORBIDDEN,
                        "The API server does not accept the operator's token (401): is the pod's ServiceAccount still there?");
            case HttpURLConnection.HTTP_FORBIDDEN ->
                forbidden(String.valueOf(answer.getStatus().getMessage()));
            default -> null;
        };
    }

    private static StartFailure forbidden(String what) {
        return new StartFailure(
                EXIT_FORBIDDEN,
                "A permission is missing: " + what
                        + ". The chart's roles and their bindings grant it: \"helm upgrade\" brings them back");
    }

    private static StartFailure kindMissing(String message) {
        Matcher resource = RESOURCE.matcher(message);
        return resource.find()
                ? new StartFailure(
                        EXIT_KIND_MISSING,
                        "The API server has no " + resource.group(1)
                                + ".redisaccess.dev: the CustomResourceDefinition is missing, or of another version."
                                + " Install the chart with its CRDs, or apply the files of crds/")
                : null;
    }
}
