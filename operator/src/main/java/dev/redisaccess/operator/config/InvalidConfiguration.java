package dev.redisaccess.operator.config;

import java.util.List;

/** The configuration is not valid. The message names each variable that is wrong, in one line, and no value. */
public final class InvalidConfiguration extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidConfiguration(List<String> wrong) {
        super(String.join("; ", wrong) + ".");
    }

    /** For an option whose value is found to be wrong when it is used. */
    public static InvalidConfiguration of(Option<?> option, String mustHold) {
        return new InvalidConfiguration(List.of("`" + option.name() + "` " + mustHold));
    }
}
