package dev.redisaccess.operator.controller.pass;

import dev.redisaccess.operator.binding.Identification;
import dev.redisaccess.operator.binding.ObjectId;
import dev.redisaccess.operator.binding.Principal;
import dev.redisaccess.operator.binding.Rate;
import dev.redisaccess.operator.binding.Verification;
import dev.redisaccess.operator.binding.acl.AccessString;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is known of one binding that is in neither its status nor Azure's inventory. It is lost at a restart, by design: what
 * must survive is in those two. Passes and work run on different threads, so all access is synchronised.
 */
final class BindingMemory {

    /**
     * How often a token may be exchanged for another ServiceAccount or client ID than the last time: three times at once,
     * then every 10 s. People change an identity, see that it was the wrong one, and change it again; without this rate, a
     * client ID that changes all the time would be exchanged in every pass, since a new identity is due at once.
     */
    private static final Rate IDENTITIES = new Rate(Duration.ofSeconds(10), 3);

    /** A rule that is forgotten is not replaced by full access: then the assignment has to be deleted by hand. */
    private static final int MOST_WRITTEN = 8;

    /** Access of one that is forgotten is reported as a leftover. */
    private static final int MOST_FORMER = 8;

    private Identification identification;
    private boolean confirmationRequested;
    private boolean unidentifiable;
    private Instant identitiesPaidUntil = Instant.MIN;
    private Verification verification;
    private Principal verified;
    private VerifiedLogin login;
    private String probes = "";
    private boolean accessLost;
    private String uid;
    private Set<ObjectId> revoking = Set.of();
    private Set<ObjectId> granted = Set.of();
    private Set<ObjectId> former = Set.of();
    private Set<AccessString> written = Set.of();
    private AccessString inEffect;
    private boolean foundAccess;
    private boolean underWay;
    private boolean queued;
    private Instant unreportedSince;
    private Instant notAdmittedSince;
    private Instant twinAwaitedSince;

    /** Whether it is of the binding with this UID; the first one that asks is its binding. */
    synchronized boolean belongsTo(String binding) {
        uid = uid == null ? binding : uid;
        return Objects.equals(uid, binding);
    }

    synchronized Optional<Identification> identification() {
        return Optional.ofNullable(identification);
    }

    synchronized void rememberIdentification(Identification latest) {
        Optional<ObjectId> before =
                identification().flatMap(Identification::principal).map(Principal::objectId);
        Optional<ObjectId> now = latest.principal().map(Principal::objectId);
        before.filter(left -> now.filter(left::equals).isEmpty() && former.size() < MOST_FORMER)
                .ifPresent(left -> former = with(former, left));
        now.ifPresent(identified -> former = without(former, identified));
        identification = latest;
        if (latest.exchanged()) {
            confirmationRequested = false;
        }
    }

    /**
     * The principal was read back from status, and an exchange must confirm it before access is granted: the next pass
     * starts one although it is not due. Until it ends, the principal counts as it did. No effect on an identification
     * whose token this process exchanged.
     */
    synchronized void requestConfirmation() {
        confirmationRequested = identification == null || !identification.exchanged();
    }

    /** Whether an exchange is to start that confirms the principal. After a failed one, its growing delay decides. */
    synchronized boolean isConfirmationDue() {
        return confirmationRequested && identification != null && identification.unconfirmed();
    }

    /** Whether no exchange can be tried: the ServiceAccount or its client ID is missing, or is refused. */
    synchronized boolean isUnidentifiable() {
        return unidentifiable;
    }

    synchronized void markUnidentifiable() {
        unidentifiable = true;
    }

    synchronized void markIdentifiable() {
        unidentifiable = false;
    }

    /** When an exchange for an identity that none was tried for may start; not after now: at once. */
    synchronized Instant nextIdentity(Instant now) {
        return IDENTITIES.next(identitiesPaidUntil, now);
    }

    /** Counts the start of such an exchange. */
    synchronized void spendIdentity(Instant now) {
        identitiesPaidUntil = IDENTITIES.taken(identitiesPaidUntil, now);
    }

    synchronized Optional<Verification> verification() {
        return Optional.ofNullable(verification);
    }

    synchronized void rememberVerification(Verification latest) {
        verification = latest;
        if (latest.holds()) {
            verified = latest.target().principal();
        }
    }

    /** Azure does not grant access at present: a former verification is no evidence of the access that is granted next. */
    synchronized void forgetVerification() {
        verification = null;
        accessLost = true;
    }

    /** Whether a verification that status names, from before this process started, still counts. */
    synchronized boolean mayRestoreVerification() {
        return verification == null && !accessLost;
    }

    /**
     * Whether this is the last principal whose verification held: in this process, or before it as read back from status.
     * It stays so when a later verification fails. What is published may be rewritten for such a principal only.
     */
    synchronized boolean isVerified(Principal principal) {
        return principal.equals(verified);
    }

    /** The last login that succeeded; empty if there was none since this process started, or status has it. */
    synchronized Optional<VerifiedLogin> login() {
        return Optional.ofNullable(login);
    }

    synchronized void rememberLogin(VerifiedLogin latest) {
        login = latest;
        probes = latest.login().probes();
    }

    /** What the probes of the last login found; empty if there was none since this process started, or it had none. */
    synchronized Optional<String> probes() {
        return Optional.of(probes).filter(text -> !text.isEmpty());
    }

    /** Status has the last login: it need not be kept twice. */
    synchronized void forgetLogin() {
        login = null;
    }

    /**
     * The principals of the binding in this process: the one that it identified, and those for which it found or requested
     * access that it has not revoked since. Status names one of them only, and may have been forged or lost.
     */
    synchronized Stream<ObjectId> principals() {
        Stream<ObjectId> identified =
                identification().flatMap(Identification::principal).map(Principal::objectId).stream();
        return Stream.concat(identified, granted.stream());
    }

    /**
     * Principals that this process has identified before the present one. Another binding may have gone because this one was
     * counted as needing its access, although status never named that principal here.
     */
    synchronized Set<ObjectId> former() {
        return former;
    }

    synchronized void removeFormer(ObjectId principal) {
        former = without(former, principal);
    }

    synchronized void addGranted(ObjectId principal) {
        granted = with(granted, principal);
    }

    synchronized void removeGranted(ObjectId principal) {
        granted = without(granted, principal);
    }

    /** The rules that this process has found or requested as the access of this binding; the latest few. */
    synchronized Set<AccessString> written() {
        return written;
    }

    synchronized void addWritten(AccessString rule) {
        if (!written.contains(rule)) {
            Set<AccessString> more = new HashSet<>(written.size() < MOST_WRITTEN ? written : Set.of());
            more.add(rule);
            written = Set.copyOf(more);
        }
    }

    /** The access that Azure was last found to give for this binding; empty: full access. */
    synchronized void rememberInEffect(Optional<AccessString> rule) {
        inEffect = rule.orElse(null);
        foundAccess = true;
        rule.ifPresent(this::addWritten);
    }

    /** Whether this process has found Azure to give access for this binding: before that, only status has what it was. */
    synchronized boolean hasFoundAccess() {
        return foundAccess;
    }

    /** Whether this rule was the last access that Azure was found to give. */
    synchronized boolean isInEffect(AccessString rule) {
        return rule.equals(inEffect);
    }

    /** Whether this process has handed the revocation of this principal's access to the lane. */
    synchronized boolean isRevoking(ObjectId principal) {
        return revoking.contains(principal);
    }

    synchronized void addRevoking(ObjectId principal) {
        revoking = with(revoking, principal);
    }

    synchronized void removeRevoking(ObjectId principal) {
        revoking = without(revoking, principal);
    }

    /** Takes back all revocations that were handed to the lane. */
    synchronized void revokeNothing() {
        revoking = Set.of();
    }

    /** Reserves the only slot for work of this binding, and counts it as queued; false if work is under way. */
    synchronized boolean tryQueueWork() {
        if (underWay) {
            return false;
        }
        underWay = true;
        queued = true;
        return true;
    }

    /** A thread runs the work now. */
    synchronized void startWork() {
        queued = false;
    }

    /** Frees the slot. */
    synchronized void endWork() {
        underWay = false;
        queued = false;
    }

    /** Whether there is work that waits for a thread, behind that of other bindings. */
    synchronized boolean isQueued() {
        return queued;
    }

    /** Since when this process has found the namespace not admitted, without interruption; empty: it is admitted. */
    synchronized Optional<Instant> notAdmittedSince() {
        return Optional.ofNullable(notAdmittedSince);
    }

    synchronized void markNotAdmitted(Instant now) {
        notAdmittedSince = notAdmittedSince().orElse(now);
    }

    synchronized void markAdmitted() {
        notAdmittedSince = null;
    }

    /** Since when the deletion has waited for another binding that is not identified yet: since now, if it has not. */
    synchronized Instant twinAwaitedSince(Instant now) {
        twinAwaitedSince = Optional.ofNullable(twinAwaitedSince).orElse(now);
        return twinAwaitedSince;
    }

    /** Since when a status has not been written, because it is expected to change soon; empty: it has. */
    synchronized Optional<Instant> unreportedSince() {
        return Optional.ofNullable(unreportedSince);
    }

    synchronized void markUnreported(Instant now) {
        unreportedSince = unreportedSince().orElse(now);
    }

    synchronized void markReported() {
        unreportedSince = null;
    }

    /** Nearly always there is one principal or none, so the sets take no more room than that. */
    private static Set<ObjectId> with(Set<ObjectId> set, ObjectId principal) {
        if (set.contains(principal)) {
            return set;
        }
        Set<ObjectId> larger = new HashSet<>(set);
        larger.add(principal);
        return Set.copyOf(larger);
    }

    private static Set<ObjectId> without(Set<ObjectId> set, ObjectId principal) {
        if (!set.contains(principal)) {
            return set;
        }
        Set<ObjectId> smaller = new HashSet<>(set);
        smaller.remove(principal);
        return Set.copyOf(smaller);
    }
}
