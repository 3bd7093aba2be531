/**
 * Generates the CRDs in crds/ from the API types. fabric8's generator does most of it; the classes here add what it
 * does not support: columns in their order, the schema of conditions, integer formats.
 */
package dev.redisaccess.operator.crd;
