package dev.redisaccess.operator.crd;

import java.util.List;

/** What a change of each keyword of a schema means for objects that are already stored, or are in a user's repository. */
final class SchemaKeywords {

    /** Any change gives objects another meaning, or field managers another share in them. */
    static final List<String> FIXED = List.of(
            "type",
            "default",
            "nullable",
            "x-kubernetes-list-type",
            "x-kubernetes-list-map-keys",
            "x-kubernetes-map-type",
            "x-kubernetes-preserve-unknown-fields");

    /** A smaller number accepts less. */
    static final List<String> AT_MOST = List.of("maxLength", "maxItems", "maxProperties", "maximum");

    /** A greater number accepts less. */
    static final List<String> AT_LEAST = List.of("minLength", "minItems", "minProperties", "minimum");

    /** Without it more is accepted; a new or another one may accept less, which cannot be computed. */
    static final List<String> REMOVABLE = List.of("pattern", "format");

    private SchemaKeywords() {}
}
