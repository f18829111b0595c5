package dev.sluice.engine.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sluice.dsl.diagnostic.Diagnostic;
import dev.sluice.dsl.diagnostic.DiagnosticRenderer;
import dev.sluice.engine.evaluate.Answer;
import dev.sluice.engine.evaluate.Call;
import dev.sluice.engine.evaluate.FormatRequest;
import dev.sluice.engine.evaluate.JobArguments;
import dev.sluice.engine.rules.Action;
import dev.sluice.engine.rules.Item;
import dev.sluice.engine.rules.Rule;
import dev.sluice.engine.rules.RuleBook;
import dev.sluice.engine.value.PythonRepr;
import dev.sluice.engine.value.Value;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** Loads real Snakefiles with a real python3. */
class WorkflowLoaderTest {
    private static final Path CASES = Path.of("src/test/resources/loads").toAbsolutePath();
    private static final Path PYTHON = Path.of("src/main/python").toAbsolutePath();

    @TempDir Path folder;

    private final List<String> log = new ArrayList<>();

    /** Each case is a folder with a Snakefile and {@code expected}: what is said about it. */
    @TestFactory
    Stream<DynamicTest> saysWhatIsWrongAndWhere() throws IOException {
        try (Stream<Path> cases = Files.list(CASES)) {
            return cases.sorted().toList().stream()
                    .map(each -> dynamicTest(each.getFileName().toString(), () -> check(each)));
        }
    }

    private void check(Path workdir) throws IOException {
        StringBuilder said = new StringBuilder();
        try (Loaded loaded = load(workdir)) {
            for (Diagnostic diagnostic : loaded.diagnostics()) {
                said.append(DiagnosticRenderer.plain().render(diagnostic));
            }
            said.append(loaded.succeeded() ? "loaded\n" : "refused\n");
        }
        String text =
                said.toString()
                        .replace(workdir + "/", "")
                        .replace(relative(workdir) + "/", "")
                        .replaceAll("/\\S*/(?=python3)", "");
        Path expected = workdir.resolve("expected");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(expected, text);
        }
        assertThat(text).isEqualTo(Files.readString(expected));
    }

    private static String relative(Path path) {
        return Path.of("").toAbsolutePath().relativize(path).toString();
    }

    private Loaded load(Path workdir) {
        LoadSettings settings =
                new LoadSettings("python3", PYTHON, workdir, new LinkedHashMap<>())
                        .with("cores", new Value.Int(2));
        return WorkflowLoader.load(
                settings,
                workdir.resolve("Snakefile"),
                (level, message) -> log.add(level + " " + message));
    }

    private Loaded loadText(String snakefile) throws IOException {
        Files.writeString(folder.resolve("Snakefile"), snakefile);
        Loaded loaded = load(folder);
        assertThat(loaded.diagnostics()).isEmpty();
        return loaded;
    }

    private static RuleBook book(Loaded loaded) {
        RuleBook book = loaded.book();
        if (book == null) {
            throw new AssertionError(loaded.diagnostics());
        }
        return book;
    }

    private static PythonHelper helper(Loaded loaded) {
        PythonHelper helper = loaded.helper();
        if (helper == null) {
            throw new AssertionError(loaded.diagnostics());
        }
        return helper;
    }

    @Test
    void readsRulesWithPatternsFlagsAndSettings() throws IOException {
        try (Loaded loaded =
                loadText(
                        """
                        N = 3
                        rule a:
                            "What it does."
                            input: x=["p", "q"], y="r"
                            output: temp("{s,[a-z]+}.txt")
                            params: n=N, f=lambda wildcards: wildcards.s
                            threads: 4
                            resources: mem_mb=100
                            run:
                                print(input.x)
                        checkpoint b:
                            output: directory("d")
                            shell: "mkdir {output}"
                        """)) {
            List<Rule> rules = book(loaded).rules();
            Rule a = rules.getFirst();
            assertThat(a.docstring()).isEqualTo("What it does.");
            assertThat(a.place().line()).isEqualTo(2);
            assertThat(a.input().items()).hasSize(3);
            assertThat(a.input().names()).hasSize(2);
            Item output = a.output().items().getFirst();
            assertThat(output.flags().has("temp")).isTrue();
            assertThat(output)
                    .isInstanceOfSatisfying(
                            Item.Path.class,
                            path -> assertThat(path.text()).isEqualTo("{s,[a-z]+}.txt"));
            assertThat(a.action()).isEqualTo(new Action.Run("print(input.x)"));
            assertThat(rules.get(1).checkpoint()).isTrue();
            assertThat(rules.get(1).action()).isEqualTo(new Action.Shell("mkdir {output}"));
            assertThat(book(loaded).globals()).containsEntry("N", new Value.Int(3));
        }
    }

    @Test
    void asksFunctionsInOneBatchAndInOrder() throws IOException {
        try (Loaded loaded =
                loadText(
                        """
                        def files(wildcards):
                            if wildcards.s == "bad":
                                raise ValueError("no such sample")
                            if wildcards.s == "gone":
                                open("nowhere.txt")
                            return {"x": [wildcards.s + ".1", wildcards.s + ".2"]}
                        rule a:
                            input: unpack(files)
                            output: "{s}.txt"
                        """)) {
            Item.Function function =
                    (Item.Function) book(loaded).rules().getFirst().input().items().getFirst();
            assertThat(function.unpack()).isTrue();
            List<Answer> answers =
                    helper(loaded)
                            .call(
                                    Stream.of("q", "bad", "gone")
                                            .map(
                                                    s ->
                                                            new Call(
                                                                    function.function(),
                                                                    Call.Expect.FILES,
                                                                    job(s)))
                                            .toList());
            assertThat(answers.getFirst())
                    .isInstanceOfSatisfying(
                            Answer.Files.class,
                            files -> {
                                assertThat(files.files().items())
                                        .extracting(Item.Path::text)
                                        .containsExactly("q.1", "q.2");
                                assertThat(files.files().names()).hasSize(1);
                            });
            assertThat(answers.get(1))
                    .isInstanceOfSatisfying(
                            Answer.Failed.class,
                            failed -> {
                                assertThat(failed.error().text())
                                        .isEqualTo("ValueError: no such sample");
                                assertThat(failed.error().line()).isEqualTo(3);
                            });
            assertThat(answers.get(2))
                    .isInstanceOfSatisfying(
                            Answer.NeedsFile.class,
                            missing -> assertThat(missing.path()).isEqualTo("nowhere.txt"));
        }
    }

    @Test
    void formatsWhatOnlyPythonKnows() throws IOException {
        try (Loaded loaded = loadText("import math\nrule a:\n    output: '{s}'\n")) {
            List<Answer> answers =
                    helper(loaded)
                            .format(
                                    List.of(
                                            new FormatRequest(
                                                    "{math.pi:.2f} {wildcards.s}",
                                                    "shell",
                                                    job("q")),
                                            new FormatRequest("{nope}", "shell", job("q"))));
            assertThat(answers.getFirst()).isEqualTo(new Answer.Formatted("3.14 q"));
            assertThat(answers.get(1)).isInstanceOf(Answer.Failed.class);
        }
    }

    @Test
    void readsConfigFilesItselfAndHandsThemOver() throws IOException {
        Files.writeString(folder.resolve("c.yaml"), "on: 012\nd: 2001-01-01\n");
        try (Loaded loaded =
                loadText("configfile: 'c.yaml'\nassert config[True] == 10, config\n")) {
            assertThat(PythonRepr.repr(book(loaded).config()))
                    .isEqualTo("{True: 10, 'd': '2001-01-01'}");
        }
    }

    @Test
    void refusesAConfigFileThatIsNotUtf8() throws IOException {
        Files.write(folder.resolve("c.yaml"), new byte[] {'a', ':', ' ', (byte) 0xE9, '\n'});
        Files.writeString(folder.resolve("Snakefile"), "configfile: 'c.yaml'\n");
        try (Loaded loaded = load(folder)) {
            assertThat(loaded.succeeded()).isFalse();
            assertThat(loaded.diagnostics())
                    .extracting(Diagnostic::message)
                    .first()
                    .asString()
                    .contains("c.yaml", "not UTF-8");
        }
    }

    @Test
    void hearsWhatTheWorkflowLogs() throws IOException {
        try (Loaded loaded = loadText("logger.info('hello')\nlogger.warning('beware')\n")) {
            assertThat(loaded.succeeded()).isTrue();
            assertThat(log).contains("info hello", "warning beware");
        }
    }

    @Test
    void aHelperThatDiesAnswersEveryQuestionWithThat() throws IOException {
        try (Loaded loaded =
                loadText(
                        """
                        def die(wildcards):
                            import os
                            os.kill(os.getpid(), 9)
                        rule a:
                            input: die
                            output: "{s}"
                        """)) {
            Item.Function function =
                    (Item.Function) book(loaded).rules().getFirst().input().items().getFirst();
            Call call = new Call(function.function(), Call.Expect.FILES, job("q"));
            List<Answer> answers = helper(loaded).call(List.of(call, call));
            assertThat(answers).hasSize(2);
            assertThat(answers.getFirst())
                    .isInstanceOfSatisfying(
                            Answer.Failed.class,
                            failed -> {
                                assertThat(failed.error().kind()).isEqualTo("shutdown");
                                assertThat(failed.error().message()).contains("signal 9");
                            });
            assertThat(helper(loaded).call(List.of(call)).getFirst())
                    .isInstanceOf(Answer.Failed.class);
        }
    }

    @Test
    void userCodeThatNeverEndsCanBeStopped() throws Exception {
        try (Loaded loaded =
                loadText(
                        """
                        def wait(wildcards):
                            open("started", "w").close()
                            import time
                            time.sleep(3600)
                        rule a:
                            input: wait
                            output: "{s}"
                        """)) {
            Item.Function function =
                    (Item.Function) book(loaded).rules().getFirst().input().items().getFirst();
            Thread stopper =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        org.awaitility.Awaitility.await()
                                                .until(
                                                        () ->
                                                                Files.exists(
                                                                        folder.resolve("started")));
                                        helper(loaded).stop();
                                    });
            Answer answer =
                    helper(loaded)
                            .call(
                                    List.of(
                                            new Call(
                                                    function.function(),
                                                    Call.Expect.FILES,
                                                    job("q"))))
                            .getFirst();
            stopper.join();
            assertThat(answer)
                    .isInstanceOfSatisfying(
                            Answer.Failed.class,
                            failed ->
                                    assertThat(failed.error().message())
                                            .contains("it was stopped"));
        }
    }

    @Test
    void saysWhatToDoWithoutPython() throws IOException {
        assertThat(refusal("/nowhere/python3"))
                .contains("error[no-python]: cannot start the Python `/nowhere/python3`")
                .contains("--python");
    }

    @Test
    void saysThatAPythonIsTooOld() throws IOException {
        String old =
                script(
                        """
                        #!/bin/sh
                        if [ "$1" = -c ]; then echo 3.6.9; else echo 'SyntaxError' >&2; exit 1; fi
                        """);
        assertThat(refusal(old)).contains("error[old-python]").contains("is Python 3.6.9");
    }

    @Test
    void saysHowAHelperEndedThatNeverGreeted() throws IOException {
        String broken = script("#!/bin/sh\n[ \"$1\" = -c ] && echo 3.11.0\nexit 3\n");
        assertThat(refusal(broken))
                .contains("error[helper-ended]")
                .contains("it ended with status 3");
    }

    @Test
    void aHelperThatNeverGreetsIsNotWaitedForForEver() throws IOException {
        String silent = script("#!/bin/sh\nexec sleep 3600\n");
        assertThat(refusal(silent, Duration.ofMillis(300)))
                .contains("error[helper-ended]")
                .contains("did not answer within");
    }

    private String script(String text) throws IOException {
        Path script = Files.writeString(folder.resolve("python"), text);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return script.toString();
    }

    private String refusal(String python) throws IOException {
        return refusal(python, Duration.ofSeconds(30));
    }

    private String refusal(String python, Duration patience) throws IOException {
        Files.writeString(folder.resolve("Snakefile"), "rule a:\n    output: 'a'\n");
        LoadSettings settings = new LoadSettings(python, PYTHON, folder, new LinkedHashMap<>());
        Loaded loaded =
                WorkflowLoader.load(
                        settings, folder.resolve("Snakefile"), (level, message) -> {}, patience);
        assertThat(loaded.succeeded()).isFalse();
        return DiagnosticRenderer.plain().render(loaded.diagnostics().getFirst());
    }

    private static JobArguments job(String s) {
        SequencedMap<String, String> wildcards = new LinkedHashMap<>();
        wildcards.put("s", s);
        return new JobArguments("a", wildcards, null, null, null, null, null, null, 1, null, 0);
    }
}
