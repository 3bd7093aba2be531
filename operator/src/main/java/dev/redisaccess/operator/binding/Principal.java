package dev.redisaccess.operator.binding;

/**
 * Who a workload is at Entra, as its own token says.
 *
 * @param clientId what it is configured with
 * @param objectId what access is granted to
 * @param tenantId where it lives
 */
public record Principal(ClientId clientId, ObjectId objectId, TenantId tenantId) {}
