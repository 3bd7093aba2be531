package dev.redisaccess.operator.binding;

import dev.redisaccess.operator.binding.acl.AccessString;
import java.util.Optional;
import java.util.Set;

/**
 * The access that a principal is to have.
 *
 * @param rule of an access profile; empty: full access, as the GA versions of Azure's API give it
 * @param earlier rules that the operator may have written for the principal: full access may replace them, and no other one
 */
public record WantedAccess(Optional<AccessString> rule, Set<AccessString> earlier) {

    private static final WantedAccess FULL = new WantedAccess(Optional.empty(), Set.of());

    public WantedAccess {
        earlier = Set.copyOf(earlier);
    }

    /** Full access, which replaces nothing. */
    public static WantedAccess full() {
        return FULL;
    }

    public static WantedAccess of(AccessString rule) {
        return new WantedAccess(Optional.of(rule), Set.of());
    }

    /** Full access in place of a rule that the operator wrote. */
    public static WantedAccess fullInsteadOf(Set<AccessString> rules) {
        return rules.isEmpty() ? FULL : new WantedAccess(Optional.empty(), rules);
    }

    /** Whether both are the same access. */
    public boolean sameAs(WantedAccess other) {
        return rule.equals(other.rule);
    }

    /**
     * Whether an assignment with this access needs no change. Where Azure does not show the access, it may be full: that is enough
     * for full access, and too much for a rule.
     */
    public boolean isGivenBy(Access access) {
        return rule.map(access::is).orElseGet(access::usable);
    }

    /** Whether the access may take the place of that of an assignment of ours. */
    boolean mayReplace(Access access) {
        return rule.isPresent() || earlier.stream().anyMatch(access::is);
    }

    /** Whether the operator may have written another access for the principal. */
    boolean mayHaveBeenAnother() {
        return rule.isPresent() || !earlier.isEmpty();
    }

    /** The access string, for messages. */
    public String text() {
        return rule.map(AccessString::text).orElse(AccessString.FULL.text());
    }
}
