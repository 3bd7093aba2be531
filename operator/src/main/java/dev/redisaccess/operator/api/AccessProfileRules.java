package dev.redisaccess.operator.api;

/**
 * The rules of a profile's {@code accessString} that the API server checks in CEL. The operator's parser checks these and more,
 * such as the order of patterns.
 */
public final class AccessProfileRules {

    static final String VARIABLES = "self.matches('^([^{}\\\\\\\\]|\\\\\\\\.|[{](namespace|serviceAccount)[}])*$')";

    static final String VARIABLES_MESSAGE =
            "`accessString` must have no variable but `{namespace}` and `{serviceAccount}`;"
                    + " write a brace of a key as `\\{`.";

    /** Words with or without parentheses of a selector, separated by blanks. */
    static final String WORDS = "self.matches('^ *[(]? *(" + AccessProfileRules.WORD + ")?[)]?( +[(]?("
            + AccessProfileRules.WORD + ")?[)]?)* *$')";

    private static final String WORD = "[+-]@?[a-z0-9][^ ()[:cntrl:]]*|(~|&|%(R|W|RW|WR)~)[^ ()[:cntrl:]]+"
            + "|(all|reset)(keys|channels)|(all|no)commands";

    static final String WORDS_MESSAGE =
            "`accessString` must consist of rules for commands (`+get`, `-@dangerous`), keys"
                    + " (`~orders:*`, `%R~orders:*`) and channels (`&orders:*`), and of selectors of such rules in parentheses,"
                    + " separated by blanks. Commands are in lower case.";

    static final String SOMETHING = "self.matches('(^|[ (])([+]|allcommands)')";

    static final String SOMETHING_MESSAGE = "`accessString` must allow a command, such as `+@read`.";

    static final String LOGIN = "!self.matches('(^|[ (])-(hello|auth)($|[ )])')";

    static final String LOGIN_MESSAGE =
            "`accessString` must not have `-hello` or `-auth`: a login requires these commands.";

    private AccessProfileRules() {}
}
