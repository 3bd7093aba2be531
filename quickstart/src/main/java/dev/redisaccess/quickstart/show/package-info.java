/**
 * The screen: aligned lines with times, a spinner during a wait, and a summary table. Colour and
 * animation appear only on a terminal, and never when NO_COLOR is set. Lines are formatted by pure functions; only the
 * screen prints.
 */
package dev.redisaccess.quickstart.show;
