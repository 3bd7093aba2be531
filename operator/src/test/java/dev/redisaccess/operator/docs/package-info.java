/** The pages that are generated from code, each committed and held to it by a test, and the links between all pages. */
package dev.redisaccess.operator.docs;
