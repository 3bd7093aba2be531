package dev.redisaccess.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * An access that bindings choose by name.
 *
 * @param name of the profile: a DNS label
 * @param accessString Redis' rules for commands, keys and channels, with variables
 * @param allowedNamespaces which of the admitted namespaces may use it; null: all of them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AccessProfileSpec(
        @Required
        @Size(min = 1, max = 63)
        @ValidationRule(
                value = "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
                message =
                        "`name` of an access profile must be lower case letters, digits and `-`, with a letter or digit at"
                                + " both ends.")
        @JsonPropertyDescription("The name by which a binding chooses the profile.")
        String name,

        @Required
        @Size(min = 1, max = 1024)
        @JsonPropertyDescription(
                "The access string of Azure: rules of `ACL SETUSER` for commands (`+@read`), keys (`~orders:*`)"
                        + " and channels (`&orders:*`). `{namespace}` and `{serviceAccount}` are replaced by the names of the"
                        + " binding's namespace and ServiceAccount; a brace of a key is written `\\{`.")
        @ValidationRule(value = AccessProfileRules.VARIABLES, message = AccessProfileRules.VARIABLES_MESSAGE)
        @ValidationRule(value = AccessProfileRules.WORDS, message = AccessProfileRules.WORDS_MESSAGE)
        @ValidationRule(value = AccessProfileRules.SOMETHING, message = AccessProfileRules.SOMETHING_MESSAGE)
        @ValidationRule(value = AccessProfileRules.LOGIN, message = AccessProfileRules.LOGIN_MESSAGE)
        String accessString,

        @JsonPropertyDescription(
                "Which namespaces may use the profile, of those that the database admits." + " Absent: all of them.")
        AllowedNamespaces allowedNamespaces) {}
