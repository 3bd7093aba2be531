/**
 * Azure Resource Manager: the databases, their access policy assignments, and one lane per database that changes them
 * one at a time. {@link dev.redisaccess.operator.azure.ArmControlPlane} calls Azure;
 * {@link dev.redisaccess.operator.azure.AzureDatabaseAccess} decides when, over any control plane. The operations that the
 * available SDK version lacks are in {@code DatabaseResource} and the classes whose names begin with
 * {@code AccessPolicyAssignment}: delete them when the SDK has the operations.
 */
package dev.redisaccess.operator.azure;
