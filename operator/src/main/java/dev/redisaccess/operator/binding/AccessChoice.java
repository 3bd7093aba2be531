package dev.redisaccess.operator.binding;

import dev.redisaccess.operator.api.AccessProfileSpec;
import dev.redisaccess.operator.api.DatabaseAccessSpec;
import dev.redisaccess.operator.api.FullAccess;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisDatabase;
import dev.redisaccess.operator.binding.acl.AccessString;
import dev.redisaccess.operator.binding.acl.AccessTemplate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** (binding, database) → {@link WantedAccess}: full, or that of the profile that the binding names. */
public final class AccessChoice {

    private static final String STAYS = " Access that was granted before stays as it is, and is counted as a leftover.";

    /** A flaw may have a rule of the length of a whole access string. */
    private static final int LONGEST_FLAW = 400;

    private AccessChoice() {}

    /** Whether a database has access profiles or forbids full access; else all bindings request the same, full access. */
    public static boolean isLimited(RedisDatabase registered) {
        return !offersFull(registered) || !profiles(spec(registered)).isEmpty();
    }

    /** Whether a binding gets full access if it names no profile. */
    public static boolean offersFull(RedisDatabase registered) {
        return spec(registered)
                .filter(access -> access.full() == FullAccess.FORBIDDEN)
                .isEmpty();
    }

    /**
     * The access that a binding requests.
     *
     * @param profile the name in the binding
     * @param account whose names replace the variables
     * @param namespaceLabels of the binding's namespace; empty: not known
     * @param written rules that this process has written for the binding
     */
    public static Result<WantedAccess> of(
            Optional<String> profile,
            ServiceAccountKey account,
            RedisDatabase registered,
            Optional<Map<String, String>> namespaceLabels,
            Set<AccessString> written) {
        List<AccessProfileSpec> profiles = profiles(spec(registered));
        String database = registered.getMetadata().getName();
        if (profile.isEmpty()) {
            return offersFull(registered)
                    ? Result.ok(WantedAccess.fullInsteadOf(all(profiles, account, written)))
                    : failed(
                            Reason.FULL_ACCESS_FORBIDDEN,
                            "RedisDatabase `" + database
                                    + "` forbids full access, so `spec.accessProfile` must name one of its"
                                    + " access profiles: " + names(profiles) + "." + STAYS);
        }
        Optional<AccessProfileSpec> found = profiles.stream()
                .filter(one -> profile.get().equals(one.name()))
                .findFirst();
        if (found.isEmpty()) {
            return failed(
                    Reason.ACCESS_PROFILE_NOT_FOUND,
                    "RedisDatabase `" + database + "` has no access profile `" + profile.get() + "`. It has: "
                            + names(profiles) + "." + STAYS);
        }
        return of(found.get(), account, database, namespaceLabels);
    }

    private static Result<WantedAccess> of(
            AccessProfileSpec profile,
            ServiceAccountKey account,
            String database,
            Optional<Map<String, String>> namespaceLabels) {
        String who = "The access profile `" + profile.name() + "` of RedisDatabase `" + database + "`";
        boolean admitted = profile.allowedNamespaces() == null
                || NamespaceAdmission.admits(profile.allowedNamespaces(), account.namespace(), namespaceLabels);
        if (!admitted) {
            return failed(
                    Reason.ACCESS_PROFILE_NOT_ALLOWED,
                    who + " does not admit namespace `" + account.namespace()
                            + "`. The platform team can add it to `allowedNamespaces` of the profile." + STAYS);
        }
        String template = Optional.ofNullable(profile.accessString()).orElse("");
        return AccessTemplate.flaw(template)
                .map(why -> failed(
                        Reason.ACCESS_PROFILE_INVALID,
                        who + ": its `accessString` " + SafeQuote.quote(why, LONGEST_FLAW)
                                + ". The platform team can correct it." + STAYS))
                .orElseGet(() ->
                        Result.ok(WantedAccess.of(rendered(template, account).orElseThrow())));
    }

    private static Optional<AccessString> rendered(String template, ServiceAccountKey account) {
        return AccessString.of(AccessTemplate.render(template, account.namespace(), account.name()));
    }

    /** The rules of all profiles, and what was written in addition: the profile of one may be gone. */
    private static Set<AccessString> all(
            List<AccessProfileSpec> profiles, ServiceAccountKey account, Set<AccessString> written) {
        if (profiles.isEmpty()) {
            return written;
        }
        Set<AccessString> rules = new HashSet<>(written);
        profiles.stream()
                .map(profile -> Optional.ofNullable(profile.accessString()).orElse(""))
                .filter(template -> AccessTemplate.flaw(template).isEmpty())
                .flatMap(template -> rendered(template, account).stream())
                .forEach(rules::add);
        return rules;
    }

    private static Optional<DatabaseAccessSpec> spec(RedisDatabase registered) {
        return Optional.ofNullable(registered.getSpec()).flatMap(spec -> Optional.ofNullable(spec.access()));
    }

    private static List<AccessProfileSpec> profiles(Optional<DatabaseAccessSpec> access) {
        return access.flatMap(limits -> Optional.ofNullable(limits.profiles())).orElse(List.of());
    }

    private static String names(List<AccessProfileSpec> profiles) {
        return profiles.isEmpty()
                ? "none"
                : profiles.stream().map(profile -> "`" + profile.name() + "`").collect(Collectors.joining(", "));
    }

    private static Result<WantedAccess> failed(Reason reason, String message) {
        return Result.failed(Problem.of(reason, message));
    }
}
