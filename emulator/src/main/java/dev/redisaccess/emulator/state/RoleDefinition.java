package dev.redisaccess.emulator.state;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A set of allowed actions.
 *
 * @param id the GUID that role assignments refer to
 * @param actions with {@code *} for any text
 * @param notActions taken away from {@code actions}
 */
public record RoleDefinition(UUID id, String name, List<String> actions, List<String> notActions) {

    public static final RoleDefinition OWNER =
            builtIn("8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "Owner", List.of("*"), List.of());
    public static final RoleDefinition CONTRIBUTOR = builtIn(
            "b24988ac-6180-42a0-ab88-20f7382dd24c",
            "Contributor",
            List.of("*"),
            List.of("Microsoft.Authorization/*/Delete", "Microsoft.Authorization/*/Write"));
    public static final RoleDefinition READER =
            builtIn("acdd72a7-3385-48ef-bd42-f606fba81ae7", "Reader", List.of("*/read"), List.of());

    /** What the operator needs, and no more: the custom role that its chart documents. */
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

    /** The roles that can be named. */
    public static final List<RoleDefinition> KNOWN = List.of(OWNER, CONTRIBUTOR, READER, REDIS_ACCESS_OPERATOR);

    public RoleDefinition {
        actions = List.copyOf(actions);
        notActions = List.copyOf(notActions);
    }

    /** Whether this role allows that action. Actions compare without case. */
    public boolean allows(String action) {
        return matchesAny(actions, action) && !matchesAny(notActions, action);
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
