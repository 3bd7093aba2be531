package dev.redisaccess.operator.binding.port;

import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.Result;
import java.util.Map;
import java.util.Set;

/** The ConfigMap that pods read. Blocks for a call to the API server only if something must be written. */
public interface EnvironmentPublisher {

    /**
     * Makes the ConfigMap have these entries. What an earlier publication had and this one has not goes; entries that others
     * added stay.
     *
     * @return Ok(true) if something was written, Ok(false) if it was so already
     */
    Result<Boolean> publish(Publication publication);

    /** Whether the ConfigMap has this content, as far as the cache shows. Makes no call. */
    boolean isCurrent(Publication publication);

    /** Removes a ConfigMap that an earlier publication of this binding made, after its name was changed. Only if it is ours. */
    Result<Boolean> withdraw(Publication publication, String formerName);

    /**
     * The names of further ConfigMaps of this very binding: published by a process that died before status said so, and
     * then the name was changed.
     */
    default Set<String> strays(Publication publication) {
        return Set.of();
    }

    /**
     * What is to be published.
     *
     * @param binding whose
     * @param uid the binding's uid: the ConfigMap belongs to this very object
     * @param configMapName in the binding's namespace
     * @param variables the content
     */
    record Publication(BindingKey binding, String uid, String configMapName, Map<String, String> variables) {
        public Publication {
            variables = Map.copyOf(variables);
        }
    }
}
