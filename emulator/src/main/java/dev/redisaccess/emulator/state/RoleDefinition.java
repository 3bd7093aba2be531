package dev.redisaccess.emulator.state;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A set of allowed actions.
 *
 * @param id the GUID that role assignments refer to
 * @param permissions each with its own exceptions
 * @param description empty when none was written
 * @param assignableScopes the scopes at which it may be assigned
 * @param written empty for a definition of the initial state
 */
public record RoleDefinition(
        UUID id,
        String name,
        List<Permission> permissions,
        String description,
        List<ArmId> assignableScopes,
        Optional<AuditFields> written) {

    /**
     * Actions, with {@code *} for any text, and those excluded from them; the same for data actions, which are not used
     * here.
     */
    public record Permission(
            List<String> actions, List<String> notActions, List<String> dataActions, List<String> notDataActions) {

        public Permission {
            actions = List.copyOf(actions);
            notActions = List.copyOf(notActions);
            dataActions = List.copyOf(dataActions);
            notDataActions = List.copyOf(notDataActions);
        }

        boolean allows(String action) {
            return matchesAny(actions, action) && !matchesAny(notActions, action);
        }
    }

    public static final RoleDefinition OWNER =
            builtIn("8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "Owner", List.of("*"), List.of());
    public static final RoleDefinition CONTRIBUTOR = builtIn(
            "b24988ac-6180-42a0-ab88-20f7382dd24c",
            "Contributor",
            List.of("*"),
            List.of("Microsoft.Authorization/*/Delete", "Microsoft.Authorization/*/Write"));
    public static final RoleDefinition READER =
            builtIn("acdd72a7-3385-48ef-bd42-f606fba81ae7", "Reader", List.of("*/read"), List.of());

    /** The custom role that the operator's documentation describes, with exactly the required actions. */
    public static final RoleDefinition REDIS_ACCESS_OPERATOR = builtIn(
            "2c5ad3f2-6f0e-4c34-9a3b-6f0f5e0a7d11",
            "Redis Access Operator",
            List.of(
                    "Microsoft.Cache/redisEnterprise/read",
                    "Microsoft.Cache/redisEnterprise/databases/read",
                    "Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments/read",
                    "Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments/write",
                    "Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments/delete"),
            List.of());

    /** The built-in roles. */
    public static final List<RoleDefinition> KNOWN = List.of(OWNER, CONTRIBUTOR, READER, REDIS_ACCESS_OPERATOR);

    public RoleDefinition {
        permissions = List.copyOf(permissions);
        assignableScopes = List.copyOf(assignableScopes);
    }

    /** A role of the initial state that may be assigned everywhere. */
    public RoleDefinition(UUID id, String name, List<String> actions, List<String> notActions) {
        this(
                id,
                name,
                List.of(new Permission(actions, notActions, List.of(), List.of())),
                "",
                List.of(new ArmId("/")),
                Optional.empty());
    }

    /** Whether this role allows that action. Actions compare without case. */
    public boolean allows(String action) {
        return permissions.stream().anyMatch(each -> each.allows(action));
    }

    private static boolean matchesAny(List<String> patterns, String action) {
        return patterns.stream()
                .anyMatch(pattern -> Pattern.matches(
                        Pattern.quote(pattern.toLowerCase(Locale.ROOT)).replace("*", "\\E.*\\Q"),
                        action.toLowerCase(Locale.ROOT)));
    }

    private static RoleDefinition builtIn(String id, String name, List<String> actions, List<String> notActions) {
        return new RoleDefinition(UUID.fromString(id), name, actions, notActions);
    }
}
