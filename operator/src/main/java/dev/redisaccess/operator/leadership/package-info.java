/** The Lease of this replica, and the fence that blocks Azure writes after a pause until leadership is confirmed. */
package dev.redisaccess.operator.leadership;
