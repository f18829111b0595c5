package dev.sluice.app.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.app.console.UsageError;
import dev.sluice.engine.journal.Hold;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

class RunChoiceTest {
    @TempDir Path workdir;
    private String first = "";
    private String second = "";

    @BeforeEach
    void twoRuns() {
        try (var run = RunSketch.planned(workdir, 1)) {
            first = run.id();
        }
        try (var run = RunSketch.planned(workdir, RunSketch.BEGIN.plus(Duration.ofDays(1)), 1)) {
            second = run.id();
        }
    }

    @Test
    void theLatestIsMeantWhereNoneIsNamed() {
        assertThat(choice(null)).isEqualTo(second);
        assertThat(choice("latest")).isEqualTo(second);
    }

    @Test
    void anIdOrItsBeginningIsEnough() {
        assertThat(choice(first)).isEqualTo(first);
        assertThat(choice("20261124")).isEqualTo(first);
        assertThat(choice("20261125-1")).isEqualTo(second);
    }

    @Test
    void aBeginningOfSeveralIsAnErrorThatNamesThem() {
        UsageError error = error("202611");
        assertThat(error).hasMessage("`202611` could be 2 runs");
        assertThat(error.hint()).isEqualTo("one of: " + second + ", " + first);
    }

    @Test
    void aMisspeltIdIsAnsweredWithTheNearest() {
        UsageError error = error(first.substring(0, first.length() - 1) + "1");
        assertThat(error.text()).startsWith("there is no run");
        assertThat(error.hint()).isEqualTo("did you mean " + first + "?");
        assertThat(error("19990101").hint())
                .isEqualTo("`sluice runs` lists them; the latest is " + second);
        assertThat(error("out/A.bam").hint())
                .isEqualTo(
                        "`sluice runs` lists them; of a job or a file: `sluice explain out/A.bam`");
    }

    @Test
    void theLatestThatIsHeldIsTheOneToFollow() {
        try (var run = RunSketch.planned(workdir, RunSketch.BEGIN.plusSeconds(9), 1);
                var _ = Hold.take(run.run(), List.of())) {
            assertThat(RunChoice.living(workdir, null)).isEqualTo(run.run());
            assertThat(RunChoice.living(workdir, "latest").id()).isEqualTo(second);
        }
        assertThat(RunChoice.living(workdir, null).id()).isEqualTo(second);
    }

    @Test
    void noRunAtAllIsAnError(@TempDir Path empty) {
        UsageError error = catchThrowableOfType(UsageError.class, () -> RunChoice.of(empty, null));
        assertThat(error).hasMessage("there are no runs in " + empty);
        assertThat(error.hint()).isEqualTo("`sluice run` makes one; -d names another folder");
    }

    private String choice(@Nullable String word) {
        return RunChoice.of(workdir, word).id();
    }

    private UsageError error(String word) {
        return catchThrowableOfType(UsageError.class, () -> RunChoice.of(workdir, word));
    }
}
