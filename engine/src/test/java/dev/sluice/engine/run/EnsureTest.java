package dev.sluice.engine.run;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.evaluate.Answer;
import dev.sluice.engine.evaluate.Call;
import dev.sluice.engine.evaluate.CheckpointDone;
import dev.sluice.engine.evaluate.Evaluator;
import dev.sluice.engine.evaluate.FormatRequest;
import dev.sluice.engine.evaluate.JobArguments;
import dev.sluice.engine.evaluate.ScriptRequest;
import dev.sluice.engine.rules.Callable;
import dev.sluice.engine.value.Value;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;

class EnsureTest {
    private static final String MD5_OF_X = "9dd4e461268c8034f5c8564e155c67a6";

    @TempDir Path folder;

    /** A Python that answers every call with one value. */
    private static Evaluator python(Value answer) {
        return new Evaluator() {
            @Override
            public List<Answer> call(List<Call> calls) {
                return List.of(new Answer.Of(answer));
            }

            @Override
            public List<Answer> format(List<FormatRequest> requests) {
                return List.of();
            }

            @Override
            public List<Answer> prepareScripts(List<ScriptRequest> requests) {
                return List.of();
            }

            @Override
            public void checkpointsDone(List<CheckpointDone> done) {}
        };
    }

    private static final JobArguments JOB =
            new JobArguments(
                    "rule", new LinkedHashMap<>(), null, null, null, null, null, null, 1, null, 0);

    private static final Ensure ENSURE = new Ensure(python(new Value.Text(MD5_OF_X)));

    private static Value.MapOf wish(boolean nonEmpty, Value checksum, Value algorithm) {
        return new Value.MapOf(
                List.of(
                        new Value.Entry(new Value.Text("non_empty"), new Value.Bool(nonEmpty)),
                        new Value.Entry(new Value.Text("checksum"), checksum),
                        new Value.Entry(new Value.Text("checksum_algorithm"), algorithm)));
    }

    private static Value.MapOf md5(Value checksum) {
        return wish(false, checksum, new Value.Text("md5"));
    }

    private static Value.MapOf nonEmpty(boolean wanted) {
        return wish(wanted, new Value.Nothing(), new Value.Nothing());
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("file"), text);
    }

    @Test
    void refusesAnEmptyFileOnlyWhenAsked() throws IOException {
        Path empty = file("");
        assertThrows(RunFailure.class, () -> ENSURE.check(empty, "file", nonEmpty(true), JOB));
        assertDoesNotThrow(() -> ENSURE.check(empty, "file", nonEmpty(false), JOB));
    }

    @Test
    void comparesChecksumsInAnyCase() throws IOException {
        Path file = file("x");
        String upper = MD5_OF_X.toUpperCase(java.util.Locale.ROOT);
        assertDoesNotThrow(() -> ENSURE.check(file, "file", md5(new Value.Text(upper)), JOB));
        RunFailure failure =
                assertThrows(
                        RunFailure.class,
                        () -> ENSURE.check(file, "file", md5(new Value.Text("00")), JOB));
        assertTrue(String.valueOf(failure.getMessage()).contains(MD5_OF_X));
    }

    @Test
    void asksTheFunctionThatKnowsTheChecksum() throws IOException {
        Value function = new Callable(4, List.of("wildcards"), "sums").toValue();
        Path right = file("x");
        assertDoesNotThrow(() -> ENSURE.check(right, "file", md5(function), JOB));
        Path wrong = file("y");
        assertThrows(RunFailure.class, () -> ENSURE.check(wrong, "file", md5(function), JOB));
        Ensure silent = new Ensure(python(new Value.Nothing()));
        assertThrows(RunFailure.class, () -> silent.check(right, "file", md5(function), JOB));
    }
}
