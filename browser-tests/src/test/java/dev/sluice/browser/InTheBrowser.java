package dev.sluice.browser;

import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import java.nio.file.Path;

/**
 * Gives tests the server and the browser of this module, of which there is one each, and a tab of
 * their own, which must have nothing to complain of at their end. Where there is no Chromium they
 * are skipped, and the reason says so.
 */
final class InTheBrowser
        implements ExecutionCondition, ParameterResolver, AfterTestExecutionCallback {
    private static final Namespace OURS = Namespace.create(InTheBrowser.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return Chromium.program().isPresent()
                ? ConditionEvaluationResult.enabled("there is a Chromium")
                : ConditionEvaluationResult.disabled(
                        "no chromium on the PATH: install it, or name one in SLUICE_CHROMIUM");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Stage.class || type == Tab.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Stage stage = stage(context);
        if (parameter.getParameter().getType() == Stage.class) {
            return stage;
        }
        return context.getStore(OURS)
                .computeIfAbsent(
                        Tab.class,
                        _ -> Tab.in(stage.chromium().browser(), stage.server().url()),
                        Tab.class);
    }

    private static Stage stage(ExtensionContext context) {
        return context.getRoot()
                .getStore(OURS)
                .computeIfAbsent(
                        Stage.class,
                        _ -> Stage.set(Chromium.program().orElse(Path.of("chromium"))),
                        Stage.class);
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        Tab tab = context.getStore(OURS).get(Tab.class, Tab.class);
        if (tab == null) {
            return;
        }
        if (context.getExecutionException().isPresent()) {
            tab.picture("failed-" + context.getRequiredTestMethod().getName());
        } else {
            tab.hasNothingToComplainOf();
        }
    }
}
