/**
 * Redis' access rules, pure: the grammar of an access string, what it allows, and the commands that verify it without a side
 * effect. Source of the grammar: {@code acl.c} of Redis 7, and redis.io/docs/latest/operate/oss_and_stack/management/security/acl.
 */
package dev.redisaccess.operator.binding.acl;
