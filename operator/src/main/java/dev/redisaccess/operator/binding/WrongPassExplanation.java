package dev.redisaccess.operator.binding;

import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.api.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Why Redis refused a login. Redis answers {@code WRONGPASS invalid username-password pair} to
 * every failure: no assignment, the wrong principal, audience or time. So the token that was sent is compared with the
 * assignments that ARM reports.
 */
public final class WrongPassExplanation {

    /** For how long after Succeeded a refusal is attributed to propagation to the data plane. Azure publishes no number. */
    public static final Duration PROPAGATION = Duration.ofMinutes(5);

    /**
     * The audiences of a token for Redis: requested by scope, by resource, and the application ID of the resource (v2
     * tokens).
     */
    private static final Set<String> AUDIENCES =
            Set.of("https://redis.azure.com", "https://redis.azure.com/", "acca5fbb-b7e4-4009-81f1-37e38fd66d78");

    private final WorkloadToken.Claims token;
    private final Inventory inventory;
    private final Endpoint endpoint;

    private WrongPassExplanation(WorkloadToken.Claims token, Inventory inventory, Endpoint endpoint) {
        this.token = token;
        this.inventory = inventory;
        this.endpoint = endpoint;
    }

    /**
     * Explains a refusal.
     *
     * @param token the claims of the token that Redis refused
     * @param inventory the assignments of the database, as last read
     * @param endpoint that refused it
     * @param now the time of the refusal, by this node's clock
     * @return POLICY_PROPAGATING if it is enough to wait, else NOT_AUTHORIZED with what to correct
     */
    public static Problem explain(WorkloadToken.Claims token, Inventory inventory, Endpoint endpoint, Instant now) {
        WrongPassExplanation refusal = new WrongPassExplanation(token, inventory, endpoint);
        return refusal.audience()
                .or(() -> refusal.time(now))
                .or(refusal::assignmentMissing)
                .or(refusal::assignmentNotSucceeded)
                .or(() -> refusal.propagating(now))
                .or(refusal::accessNarrowed)
                .orElseGet(refusal::nothingFound);
    }

    /**
     * A probe that found another access than the assignment's, within minutes of its last change: that may be on its way still.
     *
     * @param found what the probe found
     */
    public static Optional<Problem> propagating(ObjectId principal, Inventory inventory, Problem found, Instant now) {
        return inventory
                .of(principal)
                .flatMap(Assignment::succeededAt)
                .filter(since -> now.isBefore(since.plus(PROPAGATION)))
                .map(since -> Problem.of(
                        Reason.ACCESS_STRING_PROPAGATING,
                        "The assignment was changed less than " + PROPAGATION.toMinutes()
                                + " minutes ago, and the change may not have reached Redis yet. " + found.message()));
    }

    private Optional<Problem> audience() {
        return AUDIENCES.contains(token.audience())
                ? Optional.empty()
                : refused("the token has the audience `" + token.audience()
                        + "`, and Redis accepts only `https://redis.azure.com`. Correct the operator's Redis scope to"
                        + " `https://redis.azure.com/.default`");
    }

    private Optional<Problem> time(Instant now) {
        if (now.isBefore(token.notBefore())) {
            return refused("the token becomes valid in more than " + minutes(now, token.notBefore())
                    + " by the clock of the operator's node, so that clock is slow. Synchronise it");
        }
        if (!now.isBefore(token.expires())) {
            return refused("the token, issued for this login, expired more than " + minutes(token.expires(), now)
                    + " ago by the clock of the operator's node, so that clock is fast. Synchronise it");
        }
        return Optional.empty();
    }

    /** In whole minutes, so that the text is the same at each verification. */
    private static String minutes(Instant from, Instant to) {
        return Duration.between(from, to).toMinutes() + " min";
    }

    private Optional<Problem> assignmentMissing() {
        Principal principal = token.principal();
        if (inventory.of(principal.objectId()).isPresent()) {
            return Optional.empty();
        }
        // A common mistake: an assignment must name the object (principal) ID.
        if (inventory.of(new ObjectId(principal.clientId().value())).isPresent()) {
            return refused("an assignment names the identity's client ID `" + principal.clientId()
                    + "`, but must name its object ID `" + principal.objectId()
                    + "`. Create one for the object ID, and delete the other");
        }
        return refused("the database has no assignment for the object ID `" + principal.objectId()
                + "`: it was deleted, or is not created yet. Wait");
    }

    private Optional<Problem> assignmentNotSucceeded() {
        return assignment()
                .filter(found -> found.state() != ProvisioningState.Succeeded)
                .flatMap(found -> refused("Azure reports the assignment `" + found.name() + "` as `" + found.state()
                        + "`, not as `Succeeded`. "
                        + (found.state().moving()
                                ? "Wait until Azure has ended the change"
                                : "It must be created again")));
    }

    private Optional<Problem> propagating(Instant now) {
        return assignment()
                .flatMap(Assignment::succeededAt)
                .filter(succeeded -> now.isBefore(succeeded.plus(PROPAGATION)))
                .map(succeeded -> Problem.of(
                        Reason.POLICY_PROPAGATING,
                        "`" + endpoint + "` refuses the login (`WRONGPASS`), and Azure reported the assignment as"
                                + " `Succeeded` less than " + PROPAGATION.toMinutes()
                                + " minutes ago. Wait until the data plane has it."));
    }

    private Optional<Problem> accessNarrowed() {
        return assignment()
                .filter(found -> !found.access().usable())
                .flatMap(found -> refused("the assignment `" + found.name() + "` does not grant full access but `"
                        + found.access().rule() + "`. Check that it allows a login"));
    }

    private Problem nothingFound() {
        Principal principal = token.principal();
        return problem("the object ID `" + principal.objectId()
                + "`, the assignment, and the token's audience and times are as expected. Check that `"
                + endpoint.host()
                + "` resolves to this database, that the identity's tenant `" + principal.tenantId()
                + "` is the database's, and whether Azure reports an incident. If you delete the assignment, the operator"
                + " creates it again");
    }

    private Optional<Assignment> assignment() {
        return inventory.of(token.principal().objectId());
    }

    private Optional<Problem> refused(String why) {
        return Optional.of(problem(why));
    }

    private Problem problem(String why) {
        return Problem.of(Reason.NOT_AUTHORIZED, "`" + endpoint + "` refuses the login (`WRONGPASS`): " + why + ".");
    }
}
