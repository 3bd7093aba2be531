/**
 * Generates the CRDs in crds/ from the API types. fabric8's generator does the bulk; the classes here add what it cannot
 * say: columns in their order, the schema of conditions, integer formats. {@link
 * dev.redisaccess.operator.crd.GeneratedCrdsTest} holds the committed files to what comes out.
 */
package dev.redisaccess.operator.crd;
