/**
 * The embedded Kubernetes API: one process, objects in memory, no nodes and no controllers, for the operator, for kubectl
 * and for any client. It is built on the HTTP and WebSocket layer of fabric8's mock server; its CRUD dispatcher is not
 * used, because server-side apply, the status subresource with a query, set-based selectors, plain HTTP watches and
 * watches from a resource version do not work in it. What a real API server does and this one does not: authentication,
 * authorization, validation against schemas and CEL, conflicts of server-side apply, and pagination.
 */
package dev.redisaccess.kubernetes;
