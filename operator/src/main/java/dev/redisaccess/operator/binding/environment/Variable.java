package dev.redisaccess.operator.binding.environment;

import dev.redisaccess.operator.api.EnvironmentProfile;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One row of the table.
 *
 * @param name without the prefix
 * @param profiles the profiles that bring it; empty: it is always there
 * @param value the value; empty where the variable must not be set for this connection
 * @param meaning for the reference page
 * @param readers which programs read this name, and how that is known
 */
public record Variable(
        String name,
        Set<EnvironmentProfile> profiles,
        Function<Connection, Optional<String>> value,
        String meaning,
        String readers) {

    public Variable {
        profiles = Set.copyOf(profiles);
    }

    /** Whether a binding with these profiles gets it. */
    boolean chosenBy(Set<EnvironmentProfile> chosen) {
        return profiles.isEmpty() || profiles.stream().anyMatch(chosen::contains);
    }
}
