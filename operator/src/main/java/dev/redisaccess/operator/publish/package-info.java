/**
 * What pods read: the ConfigMap of a binding and, where it requests one, the Secret of the Service Binding specification, owned
 * by their binding. One that belongs to another owner is never changed, and one that is current costs no call.
 */
package dev.redisaccess.operator.publish;
