package dev.redisaccess.operator.binding;

import dev.redisaccess.operator.binding.acl.AccessString;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What an assignment grants, as far as ARM reports it. The GA versions of ARM's API have no access string, and hide one that
 * was set with a preview version: with them the extent of access is unknown.
 *
 * @param kind whether it is full access, less, or not reported
 * @param rule the rule that grants less, as ARM reports it; empty text for the other kinds
 */
public record Access(Kind kind, String rule) {

    /** How much access an assignment grants. */
    public enum Kind {
        /** Every command on every key. */
        FULL,
        /** Less than that: never widened. */
        RESTRICTED,
        /** ARM did not report it. */
        UNKNOWN
    }

    /** The only access policy of the GA API: full access unless an access string restricts it. */
    public static final String DEFAULT_POLICY = "default";

    private static final Set<String> EVERYTHING = Set.of("+@all", "~*");
    private static final Set<String> FULL_WORDS = Set.of("+@all", "~*", "&*");
    private static final int MOST_WORDS = 8;
    private static final int LONGEST_QUOTE = 300;

    /** Every command on every key. */
    public static Access full() {
        return new Access(Kind.FULL, "");
    }

    /** ARM did not report it. */
    public static Access unknown() {
        return new Access(Kind.UNKNOWN, "");
    }

    /** @param rule an access string, or the name of another access policy */
    public static Access restricted(String rule) {
        return new Access(Kind.RESTRICTED, rule);
    }

    /**
     * Reads what ARM reports of an assignment.
     *
     * @param policyName {@code accessPolicyName}; empty text where ARM did not report it
     * @param accessString {@code accessString}; empty where the version of the API has none
     */
    public static Access of(String policyName, Optional<String> accessString) {
        if (!policyName.isEmpty() && !policyName.equalsIgnoreCase(DEFAULT_POLICY)) {
            return restricted("access policy " + policyName);
        }
        return accessString
                .map(rule -> isFull(rule) ? full() : restricted(rule))
                .orElseGet(Access::unknown);
    }

    private static boolean isFull(String rule) {
        Set<String> words = new HashSet<>(Arrays.asList(rule.strip().split("\\s+", MOST_WORDS)));
        return words.containsAll(EVERYTHING) && FULL_WORDS.containsAll(words);
    }

    /** Whether it is known to be what a rule gives, in whatever spelling. */
    public boolean is(AccessString wanted) {
        return switch (kind) {
            case FULL -> wanted.isFull();
            case RESTRICTED -> AccessString.of(rule).filter(wanted::equals).isPresent();
            case UNKNOWN -> false;
        };
    }

    /** The access string, as far as it is known, for messages. */
    public String text() {
        return switch (kind) {
            case FULL -> AccessString.FULL.text();
            case RESTRICTED -> SafeQuote.quote(rule, LONGEST_QUOTE);
            case UNKNOWN -> "an access that Azure does not show";
        };
    }

    /** Whether an assignment with this access can be used as it is: it is not known to be restricted. */
    public boolean usable() {
        return kind != Kind.RESTRICTED;
    }

    /** Whether it is known to be full, so that an assignment with full access does not widen it. */
    public boolean isFull() {
        return kind == Kind.FULL;
    }
}
