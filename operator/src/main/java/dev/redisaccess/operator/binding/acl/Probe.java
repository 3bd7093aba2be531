package dev.redisaccess.operator.binding.acl;

/**
 * A command on a key that does not exist, and whether Redis has to allow it.
 *
 * @param command what is sent
 * @param key a random key
 * @param allowed whether the rule allows it; else Redis has to answer {@code NOPERM}
 * @param where the key, for people: the pattern that it is of, or that it is outside of all patterns
 */
public record Probe(ProbeCommand command, String key, boolean allowed, String where) {

    /** For messages: the command, and where its key is. */
    @Override
    public String toString() {
        return "`" + command + "` " + where;
    }
}
