/** A real Prometheus with the rules and the dashboard that the chart ships, next to the operator as a process. */
package dev.redisaccess.systemtest.monitoring;
