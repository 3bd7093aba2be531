/**
 * What pods read: the ConfigMap of a binding and, where it asks for one, the Secret of the Service Binding specification, owned
 * by their binding. One that belongs to another owner is never touched, and one that is as it should be costs no call.
 */
package dev.redisaccess.operator.publish;
