package dev.redisaccess.operator.binding.acl;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The access string of a profile, with variables. Their values are names of Kubernetes: lower case letters, digits, {@code -} and
 * {@code .}, none of which has a meaning in a rule or a pattern outside of brackets, so a value can't add a rule or widen a pattern.
 * Between a variable and a wildcard or another variable there must be a character that no name has: {@code {namespace}*} would
 * give the keys of namespace {@code shop2} to {@code shop}, and {@code {namespace}-{serviceAccount}:*} those of {@code b-c} in
 * namespace {@code a} to {@code c} in namespace {@code a-b}. A brace that belongs to a key, such as that of a hash tag, has a
 * {@code \} before it, as a pattern of Redis admits.
 */
public final class AccessTemplate {

    /** Characters. */
    public static final int LONGEST = 1024;

    private static final Pattern BRACES = Pattern.compile("\\\\.|\\{(namespace|serviceAccount)\\}|[{}]");
    private static final Pattern VARIABLE = Pattern.compile("\\\\.|\\{(namespace|serviceAccount)\\}");

    /** What is not one literal character of a pattern: a variable, a wildcard, a class of characters. */
    private static final Pattern PART =
            Pattern.compile("(?<variable>\\{\\w+\\})|(?<wildcard>[*?]|\\[[^\\]]*\\]?)|\\\\?(?<literal>.)");

    /** In names of namespaces and ServiceAccounts. */
    private static final Pattern OF_NAMES = Pattern.compile("[a-z0-9.-]");

    /** A value that any name could be, for checks. */
    private static final String ANY = "n";

    private AccessTemplate() {}

    /** What is wrong with a template, as the end of a sentence; empty: nothing that can be known without Azure. */
    public static Optional<String> flaw(String template) {
        if (template.isBlank()) {
            return Optional.of("must not be empty");
        }
        if (template.length() > LONGEST) {
            return Optional.of("must have at most " + LONGEST + " characters");
        }
        Matcher braces = BRACES.matcher(template);
        while (braces.find()) {
            if (braces.group().length() == 1) {
                return Optional.of(
                        "has a brace that is not of the variables `{namespace}` and `{serviceAccount}`; a brace of a key"
                                + " is written `\\{`");
            }
        }
        for (String rule : template.strip().split("[ ()]+")) {
            Optional<String> misplaced = misplaced(rule);
            if (misplaced.isPresent()) {
                return misplaced.map(why -> "has the rule `" + rule + "`, which " + why);
            }
        }
        return AccessString.flaw(render(template, ANY, ANY));
    }

    /** A variable in the name of a command or in a class of characters, where its value would have another meaning. */
    private static Optional<String> misplaced(String rule) {
        Matcher variable = VARIABLE.matcher(rule);
        while (variable.find()) {
            if (variable.group(1) == null) {
                continue;
            }
            if ("~%&".indexOf(rule.charAt(0)) < 0) {
                return Optional.of("must have variables in patterns of keys and channels only");
            }
            String before = rule.substring(0, variable.start());
            if (before.lastIndexOf('[') > before.lastIndexOf(']')) {
                return Optional.of("must not have a variable in brackets");
            }
        }
        return isAmbiguous(rule)
                ? Optional.of(
                        "must have a character that no name has, such as `:`, between a variable and a wildcard or another"
                                + " variable; else names that begin or end alike would share keys")
                : Optional.empty();
    }

    /** Whether two names could give the same key, or one of them a wider pattern. */
    private static boolean isAmbiguous(String rule) {
        boolean afterVariable = false;
        boolean afterWildcard = false;
        Matcher part = PART.matcher(rule);
        while (part.find()) {
            boolean variable = part.group("variable") != null;
            boolean wildcard = part.group("wildcard") != null;
            if (afterVariable && (variable || wildcard) || afterWildcard && variable) {
                return true;
            }
            boolean ofNames = !variable
                    && !wildcard
                    && OF_NAMES.matcher(part.group("literal")).matches();
            afterVariable = variable || afterVariable && ofNames;
            afterWildcard = wildcard || afterWildcard && ofNames;
        }
        return false;
    }

    /** Replaces the variables. */
    public static String render(String template, String namespace, String serviceAccount) {
        Map<String, String> values = Map.of("namespace", namespace, "serviceAccount", serviceAccount);
        return VARIABLE.matcher(template)
                .replaceAll(found ->
                        Matcher.quoteReplacement(found.group(1) == null ? found.group() : values.get(found.group(1))));
    }
}
