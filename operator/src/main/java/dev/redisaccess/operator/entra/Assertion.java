package dev.redisaccess.operator.entra;

import dev.redisaccess.operator.binding.SafeQuote;
import dev.redisaccess.operator.binding.ServiceAccountKey;
import java.util.regex.Pattern;

/**
 * A ServiceAccount's token, with the values that a federated credential must have to match it. Lives for one exchange.
 *
 * @param secret the token
 * @param issuer its {@code iss}, exactly: a slash at the end counts
 * @param subject its {@code sub}
 * @param audience its {@code aud}
 */
record Assertion(String secret, String issuer, String subject, String audience) {

    /** Enough for a sentence of Entra and its hint. */
    private static final int LONGEST_QUOTE = 400;

    /** Characters of an answer in which patterns are searched. */
    private static final int MOST_READ = 4096;

    private static final Pattern PER_REQUEST = Pattern.compile(
            "(?i)\\b(trace|correlation|request)[ _-]?id:?\\s*[0-9a-f-]{8,}|\\btimestamp:?\\s*\\S+( \\d\\d:\\d\\d:\\S+)?");

    /** Such as "Current time: 2026-11-23T19:52:35.1234567Z" in AADSTS700024. */
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d[0-9.]*(Z|[+-]\\d\\d:?\\d\\d)?");

    /**
     * With the claims of the token; where it is opaque, with the values that Kubernetes is known to write.
     *
     * @param audience for which it was requested
     */
    static Assertion of(String token, ServiceAccountKey serviceAccount, String audience) {
        var decoded = JsonWebToken.parse(token);
        return new Assertion(
                token,
                decoded.flatMap(jwt -> jwt.text("iss")).orElse("(the cluster's ServiceAccount issuer)"),
                decoded.flatMap(jwt -> jwt.text("sub")).orElse(serviceAccount.subject()),
                decoded.flatMap(jwt -> jwt.text("aud")).orElse(audience));
    }

    /** The values of the federated credential, for messages. */
    String federation() {
        return "issuer `" + issuer + "`, subject `" + subject + "`, audience `" + audience + "`";
    }

    /** What a server answered: without this token, and without IDs and times, which change with every attempt. */
    String cleaned(String answer) {
        String clean = secret.isEmpty() ? answer : answer.replace(secret, "(token)");
        clean = PER_REQUEST.matcher(SafeQuote.start(clean, MOST_READ)).replaceAll("");
        clean = TIME.matcher(clean).replaceAll("(time)");
        return SafeQuote.quote(clean, LONGEST_QUOTE);
    }

    /** Everything but the secret. */
    @Override
    public String toString() {
        return "Assertion[" + federation() + "]";
    }
}
