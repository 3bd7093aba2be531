package dev.redisaccess.operator.binding.environment;

import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.binding.BindingParser;
import dev.redisaccess.operator.binding.BindingRequest;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Two bindings that publish the same variable. Only pods of one ServiceAccount can use both, and only pods that read
 * both ConfigMaps lose a value. The operator does not read pods, so it refuses nothing; the newer of the two bindings has a
 * notice, so that the older one's status does not change.
 */
public final class SharedNames {

    private static final Comparator<RedisAccessBinding> BY_AGE = Comparator.comparing((RedisAccessBinding binding) ->
                    Optional.ofNullable(binding.getMetadata().getCreationTimestamp())
                            .orElse(""))
            .thenComparing(binding -> binding.getMetadata().getName());

    private SharedNames() {}

    /**
     * The notice for the message of the newer binding.
     *
     * @param request the binding
     * @param ofServiceAccount all bindings of its ServiceAccount, itself included
     */
    public static Optional<String> notice(BindingRequest request, List<RedisAccessBinding> ofServiceAccount) {
        return ofServiceAccount.stream()
                .sorted(BY_AGE)
                .takeWhile(older ->
                        !older.getMetadata().getName().equals(request.key().name()))
                .filter(older -> !older.isMarkedForDeletion())
                .flatMap(older -> BindingParser.parse(older).toOptional().stream())
                .filter(older -> shared(request, older))
                .findFirst()
                .map(older -> beginning(older.key().name())
                        + " publishes variables of the same names. For a pod that reads both, `spec.environment.prefix` of the"
                        + " two must differ.");
    }

    /** Whether a message has the notice about an older binding of this name: when that goes, the notice must go also. */
    public static boolean isNoticed(String message, String older) {
        return message.contains(beginning(older));
    }

    private static String beginning(String older) {
        return "Binding `" + older + "` of the same ServiceAccount";
    }

    private static boolean shared(BindingRequest one, BindingRequest other) {
        return !Collections.disjoint(Environment.names(one.environment()), Environment.names(other.environment()));
    }
}
