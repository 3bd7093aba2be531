/**
 * One pass over one binding, without the framework: the order of the steps, what is remembered between passes, and the work
 * that waits for others. Read {@link dev.redisaccess.operator.controller.pass.BindingPass} first.
 */
package dev.redisaccess.operator.controller.pass;
