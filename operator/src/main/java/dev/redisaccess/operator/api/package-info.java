/**
 * The two kinds that users write, and the words that the operator answers with: conditions and reasons. The CRDs in
 * crds/ are generated from these types, so every constraint and description that a user meets stands here. Nothing here
 * decides anything.
 */
package dev.redisaccess.operator.api;
