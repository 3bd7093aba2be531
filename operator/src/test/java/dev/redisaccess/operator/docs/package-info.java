/**
 * The files that are generated from code and committed ({@code mvn -Pgenerate} writes them, {@code GeneratedFilesTest} holds
 * them to their sources), and the links between all pages.
 */
package dev.redisaccess.operator.docs;
