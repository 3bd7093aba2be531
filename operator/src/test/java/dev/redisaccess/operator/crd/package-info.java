/**
 * Generates the CRDs in crds/ from the API types. fabric8's generator does the bulk; the classes here add what it cannot
 * say: columns in their order, the schema of conditions, integer formats.
 */
package dev.redisaccess.operator.crd;
