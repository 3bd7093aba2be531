/**
 * Tests on a real Kubernetes API server: kube-apiserver, etcd and kube-controller-manager from the folder that
 * KUBEBUILDER_ASSETS names (CONTRIBUTING.md). What a mock server does not have is tested here: admission,
 * defaults, server-side apply, RBAC, garbage collection, the chart. Without that folder these tests are skipped, and say
 * so.
 */
package dev.redisaccess.operator.kubernetes;
