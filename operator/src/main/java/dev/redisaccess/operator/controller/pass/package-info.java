/**
 * One pass over one binding, without the framework: the order of the steps, the memory between passes, and the work that waits
 * for outside systems. Read {@link dev.redisaccess.operator.controller.pass.BindingPass} first.
 */
package dev.redisaccess.operator.controller.pass;
