package dev.sluice.engine.plan;

import static dev.sluice.engine.plan.RuleMaker.book;
import static dev.sluice.engine.plan.RuleMaker.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.evaluate.PythonError;
import dev.sluice.engine.pattern.Wildcards;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class ProblemsTest {
    @Test
    void keepsOnlyTheLastFramesOfADeepTraceback() {
        List<PythonError.Frame> frames = new ArrayList<>();
        for (int line = 1; line <= 1000; line++) {
            frames.add(new PythonError.Frame("Snakefile", line, "f"));
        }

        List<String> notes = function("RecursionError", frames).notes();

        assertThat(notes).hasSizeLessThan(10);
        assertThat(notes.getFirst()).contains("992");
        assertThat(notes.getLast()).isEqualTo("  File \"Snakefile\", line 1000, in f");
    }

    @Test
    void hasNoColonBeforeAnErrorWithoutAType() {
        assertThat(function("", List.of()).message()).isEqualTo("too deep");
        assertThat(function("RecursionError", List.of()).message())
                .isEqualTo("RecursionError: too deep");
    }

    private static Problem function(String type, List<PythonError.Frame> frames) {
        PythonError error =
                new PythonError(
                        "python", null, type, "too deep", null, 0, -1, -1, frames, List.of(), null);
        return Problems.function(book(rule("a")).rules().getFirst(), Wildcards.NONE, error);
    }
}
