package dev.sluice.dsl.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dsl.source.SourceFile;
import dev.sluice.dsl.source.Span;

import org.junit.jupiter.api.Test;

import java.util.List;

class DiagnosticRendererTest {
    private static final DiagnosticCode CODE = LanguageCode.UNKNOWN_DIRECTIVE;

    @Test
    void underlinesThePlaceAndGivesTheHint() {
        assertThat(render("rule a:\n    inptu: \"a.bam\"\n", "inptu"))
                .isEqualTo(
                        """
                        error[unknown-directive]: wrong
                         --> workflow/Snakefile:2:5
                          |
                        2 |     inptu: "a.bam"
                          |     ^^^^^
                          = help: do this
                        """);
    }

    @Test
    void showsATabAsFourSpaces() {
        assertThat(render("rule a:\n\t\tx\tinptu\n", "inptu"))
                .contains(
                        """
                         --> workflow/Snakefile:2:5
                          |
                        2 |         x    inptu
                          |              ^^^^^
                        """);
    }

    @Test
    void countsWideCharactersAsTwoCellsAndMarksAsNone() {
        assertThat(render("日本😀e\u0301 inptu\n", "inptu"))
                .contains(
                        """
                         --> workflow/Snakefile:1:7
                          |
                        1 | 日本😀e\u0301 inptu
                          |         ^^^^^
                        """);
        assertThat(render("x = '漢字'\n", "漢字"))
                .contains(
                        """
                        1 | x = '漢字'
                          |      ^^^^
                        """);
    }

    @Test
    void showsControlCharactersAsPictures() {
        assertThat(render("a\u001b[31m inptu\n", "inptu"))
                .contains("1 | a␛[31m inptu\n  |        ^^^^^\n");
    }

    @Test
    void underlinesEachLineOfALongerPlace() {
        assertThat(render("x = f(\n    a,\n)\n", "f(\n    a,\n)"))
                .contains(
                        """
                        1 | x = f(
                          |     ^^
                        2 |     a,
                          |     ^^
                        3 | )
                          | ^
                        """);
    }

    @Test
    void leavesOutTheMiddleOfAVeryLongPlace() {
        String text = "f(\n" + "  a,\n".repeat(20) + ")\n";
        assertThat(render(text, text.strip()))
                .contains(
                        """
                        1  | f(
                           | ^^
                        2  |   a,
                           |   ^^
                        ...
                        22 | )
                           | ^
                        """);
    }

    @Test
    void showsOnlyThePartOfALongLineAroundThePlace() {
        String rendered = render("x = '" + "a".repeat(500) + "' inptu " + "b".repeat(500), "inptu");
        assertThat(rendered.lines().mapToInt(String::length).max().orElse(0)).isLessThan(180);
        List<String> lines = rendered.lines().toList();
        assertThat(lines.get(4).indexOf('^')).isEqualTo(lines.get(3).indexOf("inptu"));
    }

    @Test
    void pointsBehindTheEndOfTheText() {
        var source = new SourceFile("Snakefile", "rule a");
        var diagnostic = Diagnostic.at(CODE, "wrong", source, Span.at(6));
        assertThat(DiagnosticRenderer.plain().render(diagnostic))
                .contains("1 | rule a\n  |       ^\n");
    }

    @Test
    void namesALineWhoseTextIsNotAtHand() {
        var diagnostic = Diagnostic.of(CODE, "wrong", new Location.AtLine("gone.smk", 12));
        assertThat(DiagnosticRenderer.plain().render(diagnostic))
                .isEqualTo("error[unknown-directive]: wrong\n --> gone.smk:12\n");
    }

    @Test
    void namesAFileAloneOrNothing() {
        assertThat(plain(new Location.InFile("config.yaml")))
                .isEqualTo("error[unknown-directive]: wrong\n --> config.yaml\n");
        assertThat(plain(new Location.Nowhere())).isEqualTo("error[unknown-directive]: wrong\n");
    }

    @Test
    void givesNotesWithTheirPlacesInOneGutter() {
        var source = new SourceFile("Snakefile", "rule a:\n" + "\n".repeat(9) + "rule a:\n");
        var diagnostic =
                Diagnostic.at(CODE, "twice", source, new Span(17, 23))
                        .withNotes(
                                List.of(
                                        new Note(
                                                "the first one",
                                                new Location.InText(source, new Span(0, 6))),
                                        Note.of("a long note\nover two lines")));
        assertThat(DiagnosticRenderer.plain().render(diagnostic))
                .isEqualTo(
                        """
                        error[unknown-directive]: twice
                          --> Snakefile:11:1
                           |
                        11 | rule a:
                           | ^^^^^^
                           = note: the first one
                          --> Snakefile:1:1
                           |
                        1  | rule a:
                           | ^^^^^^
                           = note: a long note
                                   over two lines
                        """);
    }

    @Test
    void coloursOnlyWhenAsked() {
        var diagnostic = Diagnostic.of(CODE, "wrong", new Location.Nowhere());
        assertThat(DiagnosticRenderer.coloured().render(diagnostic))
                .isEqualTo(
                        "\u001b[1;31merror[unknown-directive]\u001b[0m\u001b[1m: wrong\u001b[0m\n");
        assertThat(DiagnosticRenderer.plain().render(diagnostic)).doesNotContain("\u001b");
    }

    private static String plain(Location location) {
        return DiagnosticRenderer.plain().render(Diagnostic.of(CODE, "wrong", location));
    }

    private static String render(String text, String marked) {
        var source = new SourceFile("workflow/Snakefile", text);
        int start = text.indexOf(marked);
        var span = new Span(start, start + marked.length());
        var diagnostic = Diagnostic.at(CODE, "wrong", source, span).withHint("do this");
        return DiagnosticRenderer.plain().render(diagnostic);
    }
}
