package dev.redisaccess.operator.azure;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.redisaccess.operator.binding.Access;
import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.ProvisioningState;
import dev.redisaccess.operator.binding.SafeQuote;
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
            @JsonProperty("user") User user) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record User(@JsonProperty("objectId") String objectId) {}

    /** One page of a list. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Page(
            @JsonProperty("value") List<AccessPolicyAssignmentResource> value,
            @JsonProperty("nextLink") String nextLink) {}

    /** The body of a request that creates one with full access. */
    static AccessPolicyAssignmentResource granting(ObjectId principal) {
        return new AccessPolicyAssignmentResource(
                null, new Properties(Access.DEFAULT_POLICY, null, null, new User(principal.value())));
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

    /** The answer to {@link #granting}, with the access that was sent: this version of the API does not show it. */
    Assignment granted(String fallbackName) {
        return toAssignment(fallbackName, Access.full());
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
                Optional.empty());
    }
}
