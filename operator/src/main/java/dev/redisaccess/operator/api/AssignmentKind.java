package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why an assignment of a database exists, as far as the operator can explain it. Each assignment is of exactly one kind. */
public enum AssignmentKind {
    /** This installation created it, and a binding is entitled to access. */
    @JsonProperty("Bound")
    BOUND("Bound", "This installation created it, and a RedisAccessBinding needs it."),
    /** A binding is for its principal, and another client created it. Not: full access that the binding must not have. */
    @JsonProperty("Adopted")
    ADOPTED(
            "Adopted",
            "A RedisAccessBinding is for its identity, and another client created it; full access only where the RedisDatabase offers that to it."),
    /** No binding explains it; the RedisDatabase names the principal, with a reason, an owner and an end that is not past. */
    @JsonProperty("Acknowledged")
    ACKNOWLEDGED(
            "Acknowledged",
            "No RedisAccessBinding explains it, but `spec.access.acknowledged` names it with a reason, an owner and an end."),
    /** This installation created it, and no binding is entitled to it. */
    @JsonProperty("Leftover")
    LEFTOVER(
            "Leftover",
            "This installation created it, and no RedisAccessBinding needs it any more, or is entitled to it."),
    /** Everything else. */
    @JsonProperty("Unmanaged")
    UNMANAGED("Unmanaged", "Another client created it, and nothing in the cluster explains it.");

    private final String text;
    private final String meaning;

    AssignmentKind(String text, String meaning) {
        this.text = text;
        this.meaning = meaning;
    }

    /** The kind, as reports name it. */
    public String text() {
        return text;
    }

    /** What it means: a sentence in Markdown. */
    public String meaning() {
        return meaning;
    }

    /** Whether nothing explains it, so that it may be revoked where the RedisDatabase says so. */
    public boolean isExcess() {
        return this == LEFTOVER || this == UNMANAGED;
    }
}
