package dev.sluice.app.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import static java.util.Objects.requireNonNull;

import dev.sluice.app.console.UsageError;
import dev.sluice.app.runs.RunSketch.Job;
import dev.sluice.engine.schedule.Key;
import dev.sluice.engine.view.RunView;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;

class JobChoiceTest {
    private static final Job A = Job.align("A");
    private static final Job B = Job.align("B");
    private static final Job SORT =
            new Job(new Key("cafe0123"), "sort", new LinkedHashMap<>(), List.of("sorted.bam"));

    @TempDir Path workdir;
    private RunView view = new RunView();

    @BeforeEach
    void aRun() {
        try (var run = RunSketch.planned(workdir, 3)) {
            run.running(A, 1).failedOnce(A, 1).running(A, 2).running(B, 1).running(SORT, 1);
            view = RunView.of(run.run());
        }
    }

    @Test
    void aJobIsNamedByItsKeyOrFourLettersOfIt() {
        assertThat(key("aaaaaaaa")).isEqualTo(A.key());
        assertThat(key("bbbb")).isEqualTo(B.key());
        assertThat(choose("bbb", workdir)).isNull();
    }

    @Test
    void aJobIsNamedByAnOutputHoweverItIsSpelt() {
        assertThat(key("out/A.bam")).isEqualTo(A.key());
        assertThat(key("./out/../out/A.bam")).isEqualTo(A.key());
        assertThat(key(workdir.resolve("out/B.bam").toString())).isEqualTo(B.key());
    }

    @Test
    void anOutputMayBeSpeltAsItIsSeenFromAnotherFolder() {
        var chosen = requireNonNull(choose("A.bam", workdir.resolve("out")));
        assertThat(chosen.job().key()).isEqualTo(A.key());
        assertThat(choose("A.bam", workdir)).isNull();
    }

    @Test
    void aJobIsNamedByItsRuleWhereThatHasOneOnly() {
        assertThat(key("sort")).isEqualTo(SORT.key());
    }

    @Test
    void aJobIsNamedByRuleAndWildcards() {
        assertThat(key("align:sample=B")).isEqualTo(B.key());
        assertThat(choose("align:sample=C", workdir)).isNull();
        assertThat(choose("align:lane=B", workdir)).isNull();
    }

    @Test
    void anAttemptIsNamedAsItsLogIs() {
        var chosen = requireNonNull(choose("aaaaaaaa-1", workdir));
        assertThat(chosen.job().key()).isEqualTo(A.key());
        assertThat(chosen.attempt()).isEqualTo(1);
        assertThat(choose("aaaaaaaa-9", workdir)).isNull();
    }

    @Test
    void aRuleWithSeveralJobsIsAnErrorThatNamesThem() {
        UsageError error = catchThrowableOfType(UsageError.class, () -> choose("align", workdir));
        assertThat(error).hasMessage("`align` could be 2 jobs");
        assertThat(error.hint())
                .isEqualTo(
                        """
                        name one of them:
                              align:sample=A  (running, aaaaaaaa)
                              align:sample=B  (running, bbbbbbbb)\
                        """);
    }

    @Test
    void aJobThatIsNotThereIsAnsweredWithTheNearest() {
        assertThat(unknown("aling:sample=A").hint()).isEqualTo("did you mean align:sample=A?");
        assertThat(unknown("out/AB.bam").hint()).isEqualTo("did you mean out/A.bam?");
        assertThat(unknown("nothing of the kind"))
                .hasMessage("there is no job `nothing of the kind` in run R");
    }

    private UsageError unknown(String word) {
        return catchThrowableOfType(
                UsageError.class, () -> new JobChoice(workdir, workdir, word).required(view, "R"));
    }

    private Key key(String word) {
        var chosen = choose(word, workdir);
        return chosen == null ? new Key("none") : chosen.job().key();
    }

    private JobChoice.@Nullable Chosen choose(String word, Path folder) {
        return new JobChoice(workdir, folder, word).in(view);
    }
}
