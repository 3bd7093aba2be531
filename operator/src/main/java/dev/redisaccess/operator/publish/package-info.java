/**
 * What pods read: the ConfigMap of a binding and, where it asks for one, the Secret of the Service Binding specification, written
 * by server-side apply and owned by their binding. One that belongs to
 * somebody else is never touched, and one that is as it should be costs no call.
 */
package dev.redisaccess.operator.publish;
