/**
 * The edge to java-operator-sdk: two reconcilers, what they watch, and how they are woken. They hand each object to a pass
 * (package {@code pass}), write its report and ask to be called again; they decide nothing themselves.
 */
package dev.redisaccess.operator.controller;
