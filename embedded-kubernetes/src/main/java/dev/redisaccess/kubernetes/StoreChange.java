package dev.redisaccess.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * One write.
 *
 * @param before the object as it was; empty for a creation. For a removal it carries the version of the removal
 * @param after the object as it is; empty for a removal
 */
record StoreChange(ObjectKey key, long version, Optional<ObjectNode> before, Optional<ObjectNode> after) {}
