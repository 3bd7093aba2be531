/**
 * What a person sees: aligned lines with times, a spinner while something is awaited, and a summary table. Colour and
 * movement appear only on a terminal, and never when NO_COLOR is set. Lines are formatted by pure functions; only the
 * screen prints.
 */
package dev.redisaccess.quickstart.show;
