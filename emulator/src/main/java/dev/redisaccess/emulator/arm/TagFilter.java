package dev.redisaccess.emulator.arm;

import java.util.Map;
import java.util.Optional;

/**
 * The part of a filter that is about tags: {@code tagName eq 'a' and tagValue eq 'b'}.
 *
 * @param value any when empty
 */
record TagFilter(String name, Optional<String> value) {

    /**
     * Empty when the filter has no clauses.
     *
     * @throws ArmRefusal with 400 when it has others than these
     */
    static Optional<TagFilter> of(Filter filter) {
        if (filter.clauses().isEmpty()) {
            return Optional.empty();
        }
        Optional<String> name = Optional.empty();
        Optional<String> value = Optional.empty();
        for (Filter.Clause clause : filter.clauses()) {
            if (clause.is("tagName")) {
                name = Optional.of(clause.value());
            } else if (clause.is("tagValue")) {
                value = Optional.of(clause.value());
            } else {
                throw filter.refused();
            }
        }
        Optional<String> wanted = value;
        return Optional.of(name.map(each -> new TagFilter(each, wanted)).orElseThrow(filter::refused));
    }

    boolean matches(Map<String, String> tags) {
        return tags.entrySet().stream()
                .anyMatch(tag -> tag.getKey().equalsIgnoreCase(name)
                        && value.map(tag.getValue()::equals).orElse(true));
    }
}
