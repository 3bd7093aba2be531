/**
 * What pods read: the ConfigMap of a binding, written by server-side apply and owned by its binding. One that belongs to
 * somebody else is never touched, and one that is as it should be costs no call.
 */
package dev.redisaccess.operator.publish;
