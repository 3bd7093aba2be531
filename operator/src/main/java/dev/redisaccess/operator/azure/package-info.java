/**
 * Azure Resource Manager (ARM): the databases, their access policy assignments, and one {@link Lane} per database that
 * changes them one at a time. {@link ArmControlPlane} makes the calls; {@link AzureDatabaseAccess} decides when, over
 * any control plane. The classes whose names begin with {@code AccessPolicyAssignment} and {@code DatabaseResource}
 * replace operations that the available SDK version lacks.
 *
 * <h2>Why no access leaks, is doubled, widened or wrongly revoked</h2>
 *
 * <p>An assignment is <em>ours</em> if its name is the one that {@link dev.redisaccess.operator.binding.OwnerMark}
 * derives from the object ID in it and the owner ID of this installation. The argument assumes that names are unique in
 * a database (ARM), that no two installations share an owner ID (docs/install.md), and that at most one replica leads.
 * It does not assume that a response arrives, that a LIST is complete, that a status is genuine, or that a process ends
 * in order.
 *
 * <ol>
 *   <li><b>Ownership is in Azure.</b> It is in the assignment's name, so no write to Kubernetes has to precede a PUT,
 *       and a crash between two writes cannot lose it.
 *   <li><b>Not doubled.</b> For one principal every PUT has the same name, so a repeated PUT (after a crash, a lost
 *       response, by a former leader) addresses the same resource.
 *   <li><b>Not overwritten, not widened.</b> {@link dev.redisaccess.operator.binding.GrantDecision} alone decides on
 *       a PUT, in the plan of a pass and in the lane. It permits one only if the principal has no assignment, or only
 *       one that failed and whose access is known to be full; or over an assignment of ours, whose access is known, to
 *       set the rule of an access profile, or full access in place of such a rule. The rule is that of the oldest
 *       binding of the principal ({@code BindingsByIdentity.wanted}), rendered again directly before the PUT: never a
 *       union, and nothing while the identity of that binding is only asserted. Directly before the PUT, {@link GrantRun} lists the
 *       assignments again if the last list is older than 30 s, and reads the one by its name. A refusal that
 *       contradicts the known state leads to a new list, not to another PUT. In {@link AssignmentCache} a response
 *       never replaces knowledge that is newer than its request, so a late LIST hides nothing that the lane has done.
 *   <li><b>One writer.</b> All changes of a database pass through its lane, one at a time, those of one principal in
 *       order. Passes run in the leader only. After a pause of more than 5 s, writes are blocked until the Lease is
 *       confirmed.
 *   <li><b>No grant from a status.</b> {@code AccessStep} requests a grant only for a principal for which this
 *       process has exchanged a token, and the lane checks again, directly before the PUT, that an admitted binding
 *       that is not being deleted has that principal ({@code BindingsByIdentity.wanted}). So a grant that was queued before a
 *       deletion does not happen after it.
 *   <li><b>No wrong revocation.</b> Two functions decide on a DELETE. {@link
 *       dev.redisaccess.operator.binding.RevocationPlanner}, of access that a binding gives up: the name is ours, and
 *       no other admitted binding needs the principal. A need that only a status asserts delays the DELETE until an
 *       exchange confirms or refutes it. {@link dev.redisaccess.operator.binding.review.ExcessRevocation}, where a
 *       RedisDatabase says {@code Revoke}, of an assignment that nothing explains: it was in the stored report for the
 *       grace period, and the share of an hour is not used up; never one of another installation. Directly before
 *       either, {@link RevokeRun} checks the reason again and reads the assignment.
 *   <li><b>Not leaked.</b> The finalizer precedes the first pass, and is removed only on a {@link
 *       dev.redisaccess.operator.binding.RevocationPlan.Release}: Azure has confirmed that the assignment is gone,
 *       another binding needs it, it is not ours, the database is gone, the access is retained by both teams, or no
 *       access can be found. The last one is not concluded from a lost status or an incomplete list: an assignment
 *       that is not listed is deleted by its name once, because a lost response may hide that it was created; and a
 *       binding without any identity is identified by an exchange first, if the database has an assignment of ours
 *       that no binding needs. A binding whose identity changes revokes the former one before it grants the new one.
 *   <li><b>The rest is visible.</b> Where the chain can be broken (a finalizer removed by hand, a lost status of an
 *       identity that can no longer be exchanged; a process that died between a PUT and the first status write, where
 *       the identity was changed before the next process exchanged a token), the assignment still has our mark, and
 *       {@link dev.redisaccess.operator.binding.Inventory#leftovers} counts it at each reading.
 * </ol>
 *
 * <p>Not covered: a leader that is paused between its last check and the arrival of its request at Azure. It sends that
 * one request when it resumes; by the points 2 and 8 the next reading of the new leader repairs or reports the result.
 * {@code RandomSequencesTest} checks the points on random sequences of events, {@code OperatorKillTest} and {@code
 * PausedLeaderTest} on real processes.
 */
package dev.redisaccess.operator.azure;
