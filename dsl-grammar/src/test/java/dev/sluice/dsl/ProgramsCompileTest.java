package dev.sluice.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dsl.python.ProgramWriter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Needs {@code python3}, as Sluice itself does. */
class ProgramsCompileTest {
    /** A file {@code needs-python} beside a Snakefile names the first version that reads it. */
    private static final String CHECK =
            """
            import pathlib, sys
            for name in sys.argv[1:]:
                path = pathlib.Path(name)
                needs = path.with_suffix(".needs")
                if needs.exists():
                    version = tuple(int(n) for n in needs.read_text().strip().split("."))
                    if sys.version_info < version:
                        continue
                text = path.read_bytes().decode()
                try:
                    compile(text, path.stem, "exec")
                except (SyntaxError, ValueError) as error:
                    print(path.stem, error)
            """;

    @Test
    void pythonCompilesTheProgramOfEachAcceptedSnakefile(@TempDir Path folder)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("python3", "-c", CHECK));
        for (Path directory : Fixtures.accepted()) {
            String name = directory.getFileName().toString();
            String text = ProgramWriter.write(Fixtures.parse(directory)).text();
            Path file = Files.writeString(folder.resolve(name + ".py"), text);
            Path needs = directory.resolve("needs-python");
            if (Files.exists(needs)) {
                Files.copy(needs, folder.resolve(name + ".needs"));
            }
            command.add(file.toString());
        }
        Process python = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(python.waitFor()).isZero();
        assertThat(said).isEmpty();
    }
}
