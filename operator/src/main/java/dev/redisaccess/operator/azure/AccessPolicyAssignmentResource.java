package dev.redisaccess.operator.azure;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.redisaccess.operator.binding.Access;
import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.ProvisioningState;
import dev.redisaccess.operator.binding.SafeQuote;
import dev.redisaccess.operator.binding.acl.AccessString;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An assignment as JSON. Missing fields are null. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
record AccessPolicyAssignmentResource(
        @JsonProperty("name") String name,
        @JsonProperty("properties") Properties properties) {

    /** Azure's own have at most 60 characters. A longer one, or one with control characters, names no assignment anyway. */
    private static final int LONGEST_NAME = 64;

    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Properties(
            @JsonProperty("accessPolicyName") String accessPolicyName,
            @JsonProperty("accessString") String accessString,
            @JsonProperty("provisioningState") String provisioningState,
            @JsonProperty("provisioningError") ProvisioningError provisioningError,
            @JsonProperty("user") User user) {}

    /** Why the access string is refused; in the preview versions. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ProvisioningError(
            @JsonProperty("code") String code,
            @JsonProperty("message") String message) {

        /** Of a code that is about the access string; any other error may pass. */
        Optional<String> refusal() {
            return INVALID_ACCESS_STRING.equals(code)
                    ? Optional.of(
                            ArmFailures.steady(Optional.ofNullable(message).orElse(code)))
                    : Optional.empty();
        }
    }

    private static final String INVALID_ACCESS_STRING = "InvalidAccessString";

    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record User(@JsonProperty("objectId") String objectId) {}

    /** One page of a list. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Page(
            @JsonProperty("value") List<AccessPolicyAssignmentResource> value,
            @JsonProperty("nextLink") String nextLink) {}

    /** The body of a request that writes one: with an access string, or with full access in a version that has none. */
    static AccessPolicyAssignmentResource granting(ObjectId principal, Optional<AccessString> accessString) {
        return new AccessPolicyAssignmentResource(
                null,
                new Properties(
                        Access.DEFAULT_POLICY,
                        accessString.map(AccessString::text).orElse(null),
                        null,
                        null,
                        new User(principal.value())));
    }

    /** Characters of its texts. */
    int textLength() {
        Optional<Properties> found = Optional.ofNullable(properties);
        return Stream.of(
                        Optional.ofNullable(name),
                        found.map(Properties::accessString),
                        found.map(Properties::accessPolicyName))
                .flatMap(Optional::stream)
                .mapToInt(String::length)
                .sum();
    }

    /** @param fallbackName the requested name, in case Azure does not repeat it */
    Assignment toAssignment(String fallbackName) {
        Optional<Properties> found = Optional.ofNullable(properties);
        return toAssignment(
                fallbackName,
                Access.of(found.map(Properties::accessPolicyName).orElse(""), found.map(Properties::accessString)));
    }

    /** The answer to {@link #granting}, with the access that was sent: not all versions of the API show it. */
    Assignment granted(String fallbackName, Optional<AccessString> accessString) {
        return toAssignment(
                fallbackName,
                Access.of("", Optional.of(accessString.orElse(AccessString.FULL).text())));
    }

    private Assignment toAssignment(String fallbackName, Access access) {
        Optional<Properties> found = Optional.ofNullable(properties);
        return new Assignment(
                Optional.ofNullable(name)
                        .map(given -> SafeQuote.quote(given, LONGEST_NAME))
                        .orElse(fallbackName),
                found.map(Properties::user).map(User::objectId).flatMap(ObjectId::parse),
                access,
                ProvisioningState.parse(found.map(Properties::provisioningState).orElse("")),
                Optional.empty(),
                found.map(Properties::provisioningError).flatMap(ProvisioningError::refusal));
    }
}
