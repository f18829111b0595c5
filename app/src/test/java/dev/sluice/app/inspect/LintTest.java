package dev.sluice.app.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dsl.Parsed;
import dev.sluice.dsl.Snakefiles;
import dev.sluice.dsl.ast.Snakefile;
import dev.sluice.dsl.diagnostic.DiagnosticRenderer;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Each folder under {@code lint} is a workflow of literals with what is said of it in {@code
 * expected.txt}.
 */
final class LintTest {
    private static final Path CASES =
            Path.of(System.getProperty("sluice.project.dir", ".."))
                    .resolve("app/src/test/resources/dev/sluice/app/inspect/lint");

    @TestFactory
    List<DynamicTest> saysWhatIsExpectedOf() throws IOException {
        return cases().stream()
                .map(
                        folder ->
                                DynamicTest.dynamicTest(
                                        folder.getFileName().toString(), () -> matches(folder)))
                .toList();
    }

    @Test
    void hasACaseForEachHint() throws IOException {
        Set<String> shown = new LinkedHashSet<>();
        for (Path folder : cases()) {
            findings(folder).forEach(finding -> shown.add(finding.diagnostic().code().word()));
        }
        for (LintCode code : LintCode.values()) {
            assertThat(shown).contains(code.word());
        }
    }

    @Test
    void writesJsonInTheShapeOfSnakemakes() throws IOException {
        assertThat(LintReport.json(findings(CASES.resolve("singularity"))))
                .isEqualToNormalizingWhitespace(
                        """
                        {
                          "snakefiles" : [ {
                            "for" : {
                              "snakefile" : "Snakefile"
                            },
                            "lints" : [ {
                              "code" : "old-keyword",
                              "line" : 8,
                              "title" : "`singularity:` is an old word",
                              "body" : "`singularity:` is the old word for a container. Write `container:`.",
                              "links" : [ ]
                            } ]
                          } ],
                          "rules" : [ ]
                        }
                        """);
    }

    @Test
    void writesEmptyListsForACleanWorkflow() {
        assertThat(LintReport.json(List.of()))
                .isEqualToNormalizingWhitespace("{ \"snakefiles\" : [ ], \"rules\" : [ ] }");
    }

    private static void matches(Path folder) throws IOException {
        String said = LintReport.text(findings(folder), DiagnosticRenderer.plain());
        Path expected = folder.resolve("expected.txt");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(expected, said);
        }
        assertThat(said).isEqualTo(Files.readString(expected));
    }

    private static List<Finding> findings(Path folder) throws IOException {
        List<Parsed<Snakefile>> files = new ArrayList<>();
        try (Stream<Path> found = Files.list(folder)) {
            for (Path file : found.sorted().toList()) {
                String name = file.getFileName().toString();
                if (!name.equals("expected.txt")) {
                    files.add(Snakefiles.parse(name, Files.readAllBytes(file)));
                }
            }
        }
        return Lint.of(LiteralRules.book(files), files);
    }

    private static List<Path> cases() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }
}
