/**
 * What happens when something breaks: a table of faults times the steps of a binding's life, run over the whole operator.
 * Read {@link dev.redisaccess.quickstart.faults.Fault} and the README beside it to add a row.
 */
package dev.redisaccess.quickstart.faults;
