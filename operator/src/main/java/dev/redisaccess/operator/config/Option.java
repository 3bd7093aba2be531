package dev.redisaccess.operator.config;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * One option: an environment variable, how it is read, and what it means. docs/reference/configuration.md is generated from
 * these.
 *
 * @param name of the environment variable
 * @param doc its meaning: sentences in Markdown
 * @param rule what its value must be, the end of a sentence of an error
 * @param fallback the default, as text; empty: there is none
 * @param parser from text to value; throws {@link IllegalArgumentException} for what breaks the rule
 * @param <T> the value's type
 */
public record Option<T>(String name, String doc, String rule, Optional<String> fallback, Function<String, T> parser) {

    /** This option under the lower-case name, which other programs also read. */
    Option<T> inLowerCase() {
        return new Option<>(name.toLowerCase(Locale.ROOT), doc, rule, fallback, parser);
    }

    /**
     * The value; empty if there is none.
     *
     * @throws IllegalArgumentException if it breaks the rule
     */
    Optional<T> read(Optional<String> text) {
        return text.or(this::fallback).map(parser);
    }
}
