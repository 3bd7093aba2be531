/**
 * Azure Resource Manager: the envelope (headers, errors, api-versions), authentication and authorization, and the
 * resource types that access to Azure Managed Redis needs. Shapes come from recorded traffic where there is a recording.
 */
package dev.redisaccess.emulator.arm;
