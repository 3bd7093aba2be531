package dev.redisaccess.operator.azure;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.redisaccess.operator.binding.Access;
import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.ProvisioningState;
import java.util.List;
import java.util.Optional;

/** An assignment on the wire. Absent fields are null here, and nowhere else. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
record AccessPolicyAssignmentResource(
        @JsonProperty("name") String name,
        @JsonProperty("properties") Properties properties) {

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

    /** What is sent to create one: full access for that principal. */
    static AccessPolicyAssignmentResource granting(ObjectId principal) {
        return new AccessPolicyAssignmentResource(
                null, new Properties(Access.DEFAULT_POLICY, null, null, new User(principal.value())));
    }

    /** @param fallbackName the name that was asked for, should ARM not repeat it */
    Assignment toAssignment(String fallbackName) {
        Optional<Properties> found = Optional.ofNullable(properties);
        return new Assignment(
                Optional.ofNullable(name).orElse(fallbackName),
                found.map(Properties::user).map(User::objectId).flatMap(ObjectId::parse),
                Access.of(found.map(Properties::accessPolicyName).orElse(""), found.map(Properties::accessString)),
                ProvisioningState.parse(found.map(Properties::provisioningState).orElse("")),
                Optional.empty());
    }
}
