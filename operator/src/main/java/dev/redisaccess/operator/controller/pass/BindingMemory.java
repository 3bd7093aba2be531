package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.binding.Identification;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.Principal;
import dev.redisaccess.operator.binding.Rate;
import dev.redisaccess.operator.binding.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is known of one binding that neither its status nor Azure's inventory tells. It is lost at a restart, by design:
 * whatever must survive is in those two. Passes and checks run on different threads, so all access is synchronised.
 */
public final class BindingMemory {

    /**
     * How often a token may be exchanged for another ServiceAccount or client ID than the last time: three times at once,
     * then every 10 s. People change an identity, see that it was the wrong one, and change it again; a client ID that
     * changes all the time would otherwise be exchanged as often as a pass runs, since a new identity is due at once.
     */
    private static final Rate IDENTITIES = new Rate(Duration.ofSeconds(10), 3);

    private Identification identification;
    private boolean confirmIdentity;
    private boolean unidentifiable;
    private Instant identitiesPaidUntil = Instant.MIN;
    private Verification verification;
    private Principal verified;
    private VerifiedLogin login;
    private boolean accessLost;
    private Set<ObjectId> revoking = Set.of();
    private Set<ObjectId> granted = Set.of();
    private boolean underWay;
    private boolean queued;
    private Instant unreportedSince;
    private Instant notAdmittedSince;

    public synchronized Optional<Identification> identification() {
        return Optional.ofNullable(identification);
    }

    public synchronized Optional<Verification> verification() {
        return Optional.ofNullable(verification);
    }

    /** What the last login that succeeded saw; empty if there was none since this process started, or status has it. */
    public synchronized Optional<VerifiedLogin> login() {
        return Optional.ofNullable(login);
    }

    /** Who the workload is, as far as this process knows. */
    public Optional<ObjectId> objectId() {
        return identification().flatMap(Identification::principal).map(Principal::objectId);
    }

    public synchronized void identified(Identification news) {
        identification = news;
        if (news.exchanged()) {
            confirmIdentity = false;
        }
    }

    /**
     * The principal was read back from status, and an exchange must confirm it before access is granted: the next pass
     * starts one although it is not due. Until it ends, the principal counts as it did. No effect on an identification
     * whose token this process exchanged.
     */
    public synchronized void confirmIdentity() {
        confirmIdentity = identification == null || !identification.exchanged();
    }

    /** Whether an exchange is to start that confirms the principal. After a failed one, its growing delay decides. */
    synchronized boolean confirmationDue() {
        return confirmIdentity && identification != null && identification.unconfirmed();
    }

    /** Whether no identity can be asked for: the ServiceAccount or its client ID is missing, or can't be used. */
    synchronized boolean unidentifiable() {
        return unidentifiable;
    }

    synchronized void identifiable(boolean now) {
        unidentifiable = !now;
    }

    /** When an exchange for an identity that none was tried for may start; not after now: at once. */
    synchronized Instant nextIdentity(Instant now) {
        return IDENTITIES.next(identitiesPaidUntil, now);
    }

    /** Such an exchange has started. */
    synchronized void identityTaken(Instant now) {
        identitiesPaidUntil = IDENTITIES.taken(identitiesPaidUntil, now);
    }

    /** Azure does not grant access at the moment: what was proved of it before says nothing of what is granted next. */
    public synchronized void accessLost() {
        verification = null;
        accessLost = true;
    }

    /** Whether what status says of a login, from before this process started, still counts. */
    public synchronized boolean mayRestoreVerification() {
        return verification == null && !accessLost;
    }

    public synchronized void remember(Verification news) {
        verification = news;
        if (news.holds()) {
            verified = news.target().principal();
        }
    }

    public synchronized void loggedIn(Verification news, VerifiedLogin what) {
        remember(news);
        login = what;
    }

    /**
     * Whether this is the last principal whose verification held: in this process, or before it as read back from status.
     * It stays so when a later verification fails. What is published may be rewritten for such a principal only.
     */
    public synchronized boolean verified(Principal principal) {
        return principal.equals(verified);
    }

    /** Status has what the last login saw: it need not be kept twice. */
    public synchronized void forgetLogin() {
        login = null;
    }

    /** Whether this process has handed the revocation of this principal's access to the lane. */
    public synchronized boolean revoking(ObjectId principal) {
        return revoking.contains(principal);
    }

    public synchronized void revoking(ObjectId principal, boolean handedOver) {
        revoking = with(revoking, principal, handedOver);
    }

    /**
     * The principals that the binding has, as this process knows: the one that it identified, and those for which it found
     * the binding's access, or asked for it, and has not left it since. Status names one of them only, and may have been
     * forged or lost.
     */
    synchronized Stream<ObjectId> principals() {
        return Stream.concat(objectId().stream(), granted.stream());
    }

    synchronized void granted(ObjectId principal, boolean now) {
        granted = with(granted, principal, now);
    }

    /** Takes the one place for work of this binding; false if there is some under way. */
    public synchronized boolean begin() {
        if (underWay) {
            return false;
        }
        underWay = true;
        queued = true;
        return true;
    }

    /** A thread has taken the work. */
    public synchronized void taken() {
        queued = false;
    }

    /** Whether there is work that waits for a thread, behind that of other bindings. */
    public synchronized boolean queued() {
        return queued;
    }

    /** Gives the place back. */
    public synchronized void end() {
        underWay = false;
        queued = false;
    }

    /** Since when this process has found the namespace not admitted, without a pause. */
    public synchronized Instant notAdmittedSince(Instant now) {
        if (notAdmittedSince == null) {
            notAdmittedSince = now;
        }
        return notAdmittedSince;
    }

    /** The namespace is admitted. */
    public synchronized void admitted() {
        notAdmittedSince = null;
    }

    /** Since when there is something that has not been reported, because it will soon be something else. */
    public synchronized Instant unreportedSince(Instant now) {
        if (unreportedSince == null) {
            unreportedSince = now;
        }
        return unreportedSince;
    }

    public synchronized void reported() {
        unreportedSince = null;
    }

    /** Nearly always there is one principal or none, so the sets take no more room than that. */
    private static Set<ObjectId> with(Set<ObjectId> set, ObjectId principal, boolean member) {
        if (set.contains(principal) == member) {
            return set;
        }
        Set<ObjectId> changed = new HashSet<>(set);
        if (member) {
            changed.add(principal);
        } else {
            changed.remove(principal);
        }
        return Set.copyOf(changed);
    }
}
