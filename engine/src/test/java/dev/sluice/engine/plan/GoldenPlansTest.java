package dev.sluice.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.python.LoadSettings;
import dev.sluice.engine.python.Loaded;
import dev.sluice.engine.python.PythonHelper;
import dev.sluice.engine.python.WorkflowLoader;
import dev.sluice.engine.rules.RuleBook;
import dev.sluice.engine.value.Value;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Plans Snakefiles for real. Each folder of {@code plans/} holds a Snakefile, the files that are
 * there with the second of their last change, the arguments, and the plan that Snakemake 9.25.2
 * makes of them ({@code -n}): a line a job that runs with its reason, or the name of the error. The
 * helper runs, so Python has to be there.
 */
class GoldenPlansTest {
    private static final Path CASES = Path.of("src/test/resources/plans");
    private static final long EPOCH = 1_000_000_000L;

    @TempDir Path folder;

    @TestFactory
    Stream<DynamicTest> plansAsSnakemakeDoes() throws IOException {
        List<Path> cases;
        try (Stream<Path> listed = Files.list(cases())) {
            cases = listed.filter(Files::isDirectory).sorted().toList();
        }
        return cases.stream()
                .map(
                        path ->
                                DynamicTest.dynamicTest(
                                        path.getFileName().toString(), () -> check(path)));
    }

    private static Path cases() {
        return Files.isDirectory(CASES) ? CASES : Path.of("engine").resolve(CASES);
    }

    private void check(Path path) throws IOException {
        Path work = Files.createDirectories(folder.resolve(path.getFileName().toString()));
        makeFiles(path, work);
        Path snakefile = Files.copy(path.resolve("Snakefile"), work.resolve("Snakefile"));
        String actual = plan(path, work, snakefile);
        Path golden = path.resolve("expected.plan");
        assertThat(actual + "\n").isEqualTo(Files.readString(golden));
    }

    private static String plan(Path path, Path work, Path snakefile) throws IOException {
        LoadSettings settings = LoadSettings.in(work).with("cores", new Value.Int(4));
        try (Loaded loaded = WorkflowLoader.load(settings, snakefile, (level, message) -> {})) {
            RuleBook book = loaded.book();
            PythonHelper helper = loaded.helper();
            assertThat(loaded.diagnostics()).isEmpty();
            assertThat(book).isNotNull();
            assertThat(helper).isNotNull();
            if (book == null || helper == null) {
                throw new AssertionError("not loaded");
            }
            PlanRequest request = request(Files.readString(path.resolve("args.txt")));
            FolderFiles files = new FolderFiles(work);
            return PlanText.of(new Planner(book, request, helper, files, PastOutputs.NONE).plan());
        }
    }

    private static void makeFiles(Path path, Path work) throws IOException {
        List<Path> made = new ArrayList<>();
        List<FileTime> times = new ArrayList<>();
        for (String line : Files.readAllLines(path.resolve("files.txt"))) {
            String[] words = line.split(" ", -1);
            Path file = work.resolve(words[0]);
            Files.createDirectories(file.getParent());
            Files.writeString(file, words[0]);
            made.add(file);
            times.add(FileTime.from(Instant.ofEpochSecond(EPOCH + Long.parseLong(words[1]))));
        }
        for (int i = 0; i < made.size(); i++) {
            Path relative = work.relativize(made.get(i));
            for (int names = relative.getNameCount(); names > 0; names--) {
                Path at = work.resolve(relative.subpath(0, names));
                Files.setLastModifiedTime(at, times.get(i));
            }
        }
    }

    /** The few options that the cases use. */
    private static PlanRequest request(String arguments) {
        PlanRequest request = PlanRequest.of(List.of());
        List<String> targets = new ArrayList<>();
        String[] words = arguments.strip().split(" +", -1);
        for (int i = 0; i < words.length; i++) {
            switch (words[i]) {
                case "" -> {}
                case "-F" ->
                        request =
                                request.withForcing(
                                        new PlanRequest.Forcing(true, false, List.of()));
                case "-f" ->
                        request =
                                request.withForcing(
                                        new PlanRequest.Forcing(false, true, List.of()));
                case "-R" ->
                        request =
                                request.withForcing(
                                        new PlanRequest.Forcing(false, false, List.of(words[++i])));
                case "--until" ->
                        request =
                                request.withCut(
                                        new PlanRequest.Cut(List.of(words[++i]), List.of(), null));
                case "--omit-from" ->
                        request =
                                request.withCut(
                                        new PlanRequest.Cut(List.of(), List.of(words[++i]), null));
                case "--batch" -> request = request.withCut(batch(words[++i]));
                default -> targets.add(words[i]);
            }
        }
        return new PlanRequest(
                targets,
                request.forcing(),
                request.cut(),
                request.resourcing(),
                request.rerun(),
                request.grouping(),
                request.options());
    }

    private static PlanRequest.Cut batch(String text) {
        String[] parts = text.split("[=/]", -1);
        return new PlanRequest.Cut(
                List.of(),
                List.of(),
                new PlanRequest.Batch(
                        parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2])));
    }
}
