package dev.redisaccess.operator.binding;

/**
 * The identity of a workload, as its Entra token says.
 *
 * @param clientId what it is configured with
 * @param objectId what access is granted to
 * @param tenantId the tenant of both
 */
public record Principal(ClientId clientId, ObjectId objectId, TenantId tenantId) {}
