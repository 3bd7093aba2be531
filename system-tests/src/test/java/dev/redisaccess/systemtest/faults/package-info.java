/**
 * Faults: a table of faults times the steps of a binding's life, run over the whole operator.
 * Read {@link dev.redisaccess.systemtest.faults.Fault} and the README next to it to add a row.
 */
package dev.redisaccess.systemtest.faults;
