/**
 * The two kinds that users write, and the conditions and reasons that the operator reports. The CRDs in
 * crds/ are generated from these types, so every constraint and description of a field is here. Nothing here
 * decides anything.
 */
package dev.redisaccess.operator.api;
