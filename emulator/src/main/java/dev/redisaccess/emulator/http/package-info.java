/**
 * The HTTP plumbing on the JDK's own server: immutable requests and responses, path templates and a router.
 * Nothing here is specific to Azure. A handler's instructions for the connection itself (cut it, stop in the middle of the
 * body) are a value in its response, so that faults need no access to the server.
 */
package dev.redisaccess.emulator.http;
