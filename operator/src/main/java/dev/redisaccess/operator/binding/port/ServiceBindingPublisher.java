package dev.redisaccess.operator.binding.port;

import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.Result;
import java.util.Map;

/** The Secret that implementations of the Service Binding specification project into pods. Blocks for calls to the API server. */
public interface ServiceBindingPublisher {

    /**
     * Makes the Secret, which has the binding's name, have these entries; those that others added stay.
     *
     * @return Ok(true) if something was written, Ok(false) if it was so already
     */
    Result<Boolean> publish(Publication publication);

    /** Removes the Secret of this binding, if it is ours. */
    Result<Boolean> withdraw(BindingKey binding, String uid);

    /**
     * What is to be published.
     *
     * @param binding whose; its name is the Secret's
     * @param uid the binding's uid: the Secret belongs to this very object
     * @param entries the content, none of it secret
     */
    record Publication(BindingKey binding, String uid, Map<String, String> entries) {
        public Publication {
            entries = Map.copyOf(entries);
        }
    }
}
