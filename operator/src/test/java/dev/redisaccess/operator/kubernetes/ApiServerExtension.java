package dev.redisaccess.operator.kubernetes;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts one {@link ApiServer} for all test classes of a JVM, at its first use, and stops it after the last. */
final class ApiServerExtension implements ExecutionCondition, ParameterResolver {

    private static final ExtensionContext.Namespace STORE = ExtensionContext.Namespace.create(ApiServerExtension.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return Assets.fromEnvironment().isPresent()
                ? ConditionEvaluationResult.enabled("KUBEBUILDER_ASSETS is set")
                : ConditionEvaluationResult.disabled("KUBEBUILDER_ASSETS is not set, so there is no kube-apiserver."
                        + " CONTRIBUTING.md says how to get one.");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ApiServer.class;
    }

    @Override
    public ApiServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
        // The root's store outlives the test classes; it closes what is AutoCloseable in it.
        return context.getRoot()
                .getStore(STORE)
                .computeIfAbsent(
                        ApiServer.class,
                        key -> ApiServer.start(Assets.fromEnvironment().orElseThrow()),
                        ApiServer.class);
    }
}
