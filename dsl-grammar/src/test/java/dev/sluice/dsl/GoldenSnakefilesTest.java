package dev.sluice.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dsl.diagnostic.DiagnosticCode;
import dev.sluice.dsl.diagnostic.DiagnosticRenderer;
import dev.sluice.dsl.diagnostic.LanguageCode;
import dev.sluice.dsl.python.ProgramWriter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

class GoldenSnakefilesTest {
    static List<Path> accepted() {
        return Fixtures.accepted();
    }

    static List<Path> rejected() {
        return Fixtures.rejected();
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void readsTheTreeAndWritesTheProgram(Path directory) {
        var parsed = Fixtures.parse(directory);
        assertThat(parsed.diagnostics()).isEmpty();
        String tree = TreePrinter.print(parsed);
        assertThat(tree).isEqualTo(Fixtures.expected(directory.resolve("expected.ast"), tree));
        String program = ProgramWriter.write(parsed).text();
        assertThat(program).isEqualTo(Fixtures.expected(directory.resolve("expected.py"), program));
    }

    @ParameterizedTest
    @MethodSource("rejected")
    void saysWhatIsWrong(Path directory) {
        var parsed = Fixtures.parse(directory);
        String said =
                parsed.diagnostics().stream()
                        .map(DiagnosticRenderer.plain()::render)
                        .collect(Collectors.joining("\n"));
        assertThat(parsed.diagnostics()).isNotEmpty();
        assertThat(said).isEqualTo(Fixtures.expected(directory.resolve("expected.err"), said));
    }

    @Test
    void everyCodeOfTheLanguageHasAnExample() {
        Set<DiagnosticCode> said = new LinkedHashSet<>();
        for (Path directory : Fixtures.rejected()) {
            Fixtures.parse(directory).diagnostics().forEach(found -> said.add(found.code()));
        }
        assertThat(said).containsExactlyInAnyOrder(LanguageCode.values());
    }
}
