/**
 * Azure Resource Manager: the databases, their access policy assignments, and one lane per database that changes them
 * one at a time. {@link dev.redisaccess.operator.azure.ArmControlPlane} speaks to ARM;
 * {@link dev.redisaccess.operator.azure.AzureDatabaseAccess} knows when to ask what, over any control plane. What the
 * available SDK version lacks stands in the classes whose names begin with {@code AccessPolicyAssignment} and
 * {@code DatabaseResource}: delete them when the SDK has the operations.
 */
package dev.redisaccess.operator.azure;
