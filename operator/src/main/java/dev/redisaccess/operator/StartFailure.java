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
 * Why the operator could not start, in one sentence for the pod's last log line, with an exit code of its own.
 *
 * @param exitCode 2 to 6, as in docs/reference/configuration.md
 * @param sentence names the resource, the rule or the server, and what to do
 */
record StartFailure(int exitCode, String sentence) {

    /** A kind of the operator does not exist in the API server. */
    static final int EXIT_KIND_MISSING = 3;

    /** The operator is authenticated, and lacks a permission. */
    static final int EXIT_FORBIDDEN = 4;

    /** The API server does not answer. */
    static final int EXIT_UNREACHABLE = 5;

    /** The API server is older than the operator and its CRDs require. */
    static final int EXIT_TOO_OLD = 6;

    /** The oldest supported minor version of Kubernetes 1; the same as in the chart's kubeVersion. */
    static final int OLDEST_MINOR = 31;

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    /** The framework's own check of the rule for the Lease, which has no type and no code: java-operator-sdk's LeaderElectionManager. */
    private static final String NO_LEASE = "No permission to lease resource";

    /** How the API server names a resource in a request's path. */
    private static final Pattern RESOURCE =
            Pattern.compile("/apis/redisaccess\\.dev/[^/]+/(?:namespaces/[^/]+/)?([a-z]+)");

    /**
     * The failure that caused this exception.
     *
     * @return empty if none of its causes is a response of the API server, a lack of one, or a port in use: then the stack
     *     trace is needed
     */
    static Optional<StartFailure> of(Throwable failed) {
        StartFailure found = null;
        for (Throwable cause : CauseChain.of(failed).outermostFirst()) {
            // A response is preferred to a broken connection, and the innermost one has the server's own message.
            StartFailure known = known(cause);
            if (known != null && (found == null || known.exitCode != EXIT_UNREACHABLE)) {
                found = known;
            }
        }
        return Optional.ofNullable(found);
    }

    /**
     * The failure of an API server that is too old.
     *
     * @param major such as {@code 1}
     * @param minor such as {@code 31}, or {@code 31+} where a provider has changed it
     * @return empty if it is new enough, or the version can't be parsed
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

    private static StartFailure known(Throwable cause) {
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
                            + ". The first line of this log has its address");
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
