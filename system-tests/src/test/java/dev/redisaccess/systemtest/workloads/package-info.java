/**
 * The applications of examples/workloads as they are, each in a process of its own with what a pod gets and nothing else:
 * the variables that the operator published, and those that the workload identity webhook adds. The operator, Azure and
 * Kubernetes are those of the scenarios. An application that this machine cannot build is skipped with the reason, unless
 * the environment variable WORKLOADS_REQUIRED is true. Those in Node.js and Go are skipped in any case where their language is not
 * installed.
 */
package dev.redisaccess.systemtest.workloads;
