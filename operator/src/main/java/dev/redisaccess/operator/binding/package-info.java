/**
 * The domain, pure: what a binding requests, what is known of Azure, and every decision between the two. Read this
 * package first. It imports nothing but the JDK, the API's types and fabric8's model, so each decision is a function that a table of cases
 * can test.
 */
package dev.redisaccess.operator.binding;
