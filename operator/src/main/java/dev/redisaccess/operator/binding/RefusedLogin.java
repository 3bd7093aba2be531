package dev.redisaccess.operator.binding;

import dev.redisaccess.operator.api.Endpoint;
import dev.redisaccess.operator.api.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Says which link is wrong when Redis refuses a login. Redis answers {@code WRONGPASS invalid username-password pair} to
 * every failure: no assignment, the wrong principal, audience or time. So the token that was sent is compared with the
 * assignments that ARM reports.
 */
public final class RefusedLogin {

    /** How long after Succeeded a refusal is put down to the way to the data plane. Azure publishes no number. */
    public static final Duration PROPAGATION = Duration.ofMinutes(5);

    /**
     * The audiences of a token for Redis: as asked for by scope, by resource, and the application id of the resource (v2
     * tokens).
     */
    private static final Set<String> AUDIENCES =
            Set.of("https://redis.azure.com", "https://redis.azure.com/", "acca5fbb-b7e4-4009-81f1-37e38fd66d78");

    private final TokenClaims token;
    private final Inventory inventory;
    private final Endpoint endpoint;

    private RefusedLogin(TokenClaims token, Inventory inventory, Endpoint endpoint) {
        this.token = token;
        this.inventory = inventory;
        this.endpoint = endpoint;
    }

    /**
     * Explains a refusal.
     *
     * @param token the claims of the token that Redis refused
     * @param inventory the assignments of the database, as last read
     * @param endpoint which Redis refused it
     * @param now the time of the refusal, by this node's clock
     * @return POLICY_PROPAGATING if waiting is all there is to do, else NOT_AUTHORIZED with what to mend
     */
    public static Problem explain(TokenClaims token, Inventory inventory, Endpoint endpoint, Instant now) {
        RefusedLogin refusal = new RefusedLogin(token, inventory, endpoint);
        return refusal.audience()
                .or(() -> refusal.time(now))
                .or(refusal::assignmentMissing)
                .or(refusal::assignmentNotSucceeded)
                .or(() -> refusal.propagating(now))
                .or(refusal::accessNarrowed)
                .orElseGet(refusal::nothingFound);
    }

    private Optional<Problem> audience() {
        return AUDIENCES.contains(token.audience())
                ? Optional.empty()
                : refused("the token is for the audience '" + token.audience()
                        + "', and Redis takes 'https://redis.azure.com' only: correct the operator's Redis scope to"
                        + " https://redis.azure.com/.default");
    }

    private Optional<Problem> time(Instant now) {
        if (now.isBefore(token.notBefore())) {
            return refused("Entra's token becomes valid more than " + minutes(now, token.notBefore())
                    + " from now by the clock of the operator's node: that clock is slow. Synchronise it");
        }
        if (!now.isBefore(token.expires())) {
            return refused("Entra's token, issued for this check, expired more than " + minutes(token.expires(), now)
                    + " ago by the clock of the operator's node: that clock is fast. Synchronise it");
        }
        return Optional.empty();
    }

    /** In whole minutes, so that the text stays the same from check to check. */
    private static String minutes(Instant from, Instant to) {
        return Duration.between(from, to).toMinutes() + " min";
    }

    private Optional<Problem> assignmentMissing() {
        Principal principal = token.principal();
        if (inventory.of(principal.objectId()).isPresent()) {
            return Optional.empty();
        }
        // The classic mistake: an assignment must name the object (principal) id.
        if (inventory.of(new ObjectId(principal.clientId().value())).isPresent()) {
            return refused("an assignment names the identity's client id " + principal.clientId()
                    + " where its object id " + principal.objectId()
                    + " must stand: create one for the object id, and delete the other");
        }
        return refused("the database has no assignment for the object id " + principal.objectId()
                + ": somebody deleted it, or it was not created yet");
    }

    private Optional<Problem> assignmentNotSucceeded() {
        return assignment()
                .filter(found -> found.state() != ProvisioningState.Succeeded)
                .flatMap(found -> refused("the assignment '" + found.name() + "' is " + found.state()
                        + " in Azure, not Succeeded"
                        + (found.state().moving() ? ": wait until Azure is done" : ": it must be created again")));
    }

    private Optional<Problem> propagating(Instant now) {
        return assignment()
                .flatMap(Assignment::succeededAt)
                .filter(succeeded -> now.isBefore(succeeded.plus(PROPAGATION)))
                .map(succeeded -> Problem.of(
                        Reason.POLICY_PROPAGATING,
                        endpoint + " refuses the login (WRONGPASS), and Azure reported the assignment as Succeeded less"
                                + " than " + PROPAGATION.toMinutes()
                                + " minutes ago: it is on its way to the data plane."
                                + " Wait"));
    }

    private Optional<Problem> accessNarrowed() {
        return assignment()
                .filter(found -> !found.access().usable())
                .flatMap(found -> refused("the assignment '" + found.name() + "' does not grant full access but `"
                        + found.access().rule() + "`: check that it allows a login"));
    }

    private Problem nothingFound() {
        Principal principal = token.principal();
        return problem("the object id " + principal.objectId()
                + ", the assignment, and the token's audience and times all look right. Check that " + endpoint.host()
                + " leads to this database and not to another of the same name, that the identity's tenant "
                + principal.tenantId() + " is the database's, and whether Azure reports an incident; deleting the"
                + " assignment makes the operator create it anew");
    }

    private Optional<Assignment> assignment() {
        return inventory.of(token.principal().objectId());
    }

    private Optional<Problem> refused(String why) {
        return Optional.of(problem(why));
    }

    private Problem problem(String why) {
        return Problem.of(Reason.NOT_AUTHORIZED, endpoint + " refuses the login (WRONGPASS): " + why);
    }
}
