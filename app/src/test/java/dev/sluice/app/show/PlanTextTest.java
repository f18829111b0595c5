package dev.sluice.app.show;

import static dev.sluice.app.show.RuleSketch.book;
import static dev.sluice.app.show.RuleSketch.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.plan.Evaluation;
import dev.sluice.engine.plan.JobEvaluation;
import dev.sluice.engine.plan.JobSettings;
import dev.sluice.engine.plan.Plan;
import dev.sluice.engine.plan.PlanRequest;
import dev.sluice.engine.rules.RuleBook;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;

final class PlanTextTest {
    private static final RuleBook BOOK =
            book(
                    rule("all").input("b/1"),
                    rule("b")
                            .input("in")
                            .output("b/{n}")
                            .log("b.{n}.log")
                            .shell("cp {input} {output}"));

    private final Plans.Files files = new Plans.Files().with("in", 1);

    @Test
    void showsAJobWithItsFilesAndItsReason() throws IOException {
        assertThat(text(true, true, true))
                .contains(
                        """
                        rule b:
                            input: in
                            output: b/1
                            log: b.1.log
                            jobid: 1
                            reason: Missing output files: b/1
                            wildcards: n=1
                            resources: tmpdir=/tmp
                        Shell command: cp in b/1
                        """)
                .contains("Reasons:\n")
                .contains("output files have to be generated:\n        b\n");
    }

    @Test
    void leavesOutWhatIsSilenced() throws IOException {
        assertThat(text(false, true, false)).doesNotContain("rule b:").contains("Reasons:\n");
        assertThat(text(true, false, false))
                .contains("rule b:")
                .doesNotContain("reason")
                .doesNotContain("Shell command");
    }

    @Test
    void saysThatItWasADryRun() throws IOException {
        assertThat(text(true, true, false)).endsWith("A run may take the jobs in another order.\n");
    }

    @Test
    void saysThatNothingIsToBeDone() throws IOException {
        files.with("b/1", 2);
        assertThat(text(true, true, true))
                .isEqualTo("Nothing to be done: all targets are up to date.\n");
    }

    private String text(boolean jobs, boolean reasons, boolean commands) throws IOException {
        Plan plan = Plans.plan(BOOK, files);
        var out = new StringBuilder();
        var text = new PlanText(plan, out, jobs, reasons, commands);
        text.begin();
        var evaluation = new JobEvaluation(BOOK, PlanRequest.of(List.of()), new Plans.NoPython());
        for (int job : plan.jobs()) {
            if (plan.runs(job)) {
                JobSettings settings =
                        ((Evaluation.Ready)
                                        evaluation.evaluate(List.of(plan.job(job)), 1).getFirst())
                                .settings();
                text.job(settings, "cp in b/1", null);
            }
        }
        text.end();
        return out.toString();
    }
}
