/**
 * What the embedded Kubernetes API does to JSON: merge patches, server-side apply, defaults of a schema, JSON paths.
 * Everything here is a pure function over Jackson trees; no argument is changed, every result is a new tree.
 * Nothing depends on HTTP or on stored objects, so each rule is tested by a table of trees.
 */
package dev.redisaccess.kubernetes.json;
