/**
 * The two endpoints that return a managed identity's token inside Azure: the instance metadata service of a virtual
 * machine and the one of App Service. Both are plain HTTP, as in Azure, and both issue real tokens of the Entra part.
 */
package dev.redisaccess.emulator.identity;
