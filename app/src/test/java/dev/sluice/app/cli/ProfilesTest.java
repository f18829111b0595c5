package dev.sluice.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.console.UsageError;
import dev.sluice.app.options.ArgumentParser;
import dev.sluice.app.options.Arguments;
import dev.sluice.app.options.OptionTable;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Each folder under {@code profiles} is a working folder ({@code tree}) with a command line ({@code
 * words}), variables ({@code environment}, where there are some) and what comes of them ({@code
 * expected}). {@code $HERE} is the tree.
 */
final class ProfilesTest {
    private static final OptionTable TABLE = SnakemakeOptions.table();

    @TestFactory
    List<DynamicTest> addsWhatProfilesSay() throws IOException {
        try (Stream<Path> cases = Files.list(Resources.folder("profiles"))) {
            return cases.sorted()
                    .map(
                            folder ->
                                    DynamicTest.dynamicTest(
                                            folder.getFileName().toString(), () -> check(folder)))
                    .toList();
        }
    }

    private static void check(Path folder) throws IOException {
        Path tree = folder.resolve("tree");
        String actual = outcome(folder, tree).replace(tree.toString(), "$HERE");
        Path expected = folder.resolve("expected");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(expected, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(expected));
    }

    private static String outcome(Path folder, Path tree) throws IOException {
        List<String> words =
                List.of(Files.readString(folder.resolve("words")).strip().split("\\s+", -1));
        Arguments given =
                ArgumentParser.parse(TABLE, words.equals(List.of("")) ? List.of() : words);
        try {
            Path snakefile = RunOptions.snakefile(given, tree);
            Arguments all =
                    new Profiles(TABLE, tree, environment(folder, tree)).apply(given, snakefile);
            var text = new StringBuilder();
            all.values().forEach((key, values) -> text.append(line(key, values)));
            return text.append(line("targets", all.targets())).toString();
        } catch (UsageError error) {
            return "error: " + error.text() + "\nhint: " + error.hint() + "\n";
        }
    }

    private static String line(String key, List<String> words) {
        return (key + ": " + String.join(" | ", words)).strip() + "\n";
    }

    private static Map<String, String> environment(Path folder, Path tree) throws IOException {
        var variables = new LinkedHashMap<String, String>();
        variables.put("HOME", tree.resolve("home").toString());
        Path file = folder.resolve("environment");
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                int equals = line.indexOf('=');
                variables.put(
                        line.substring(0, equals),
                        line.substring(equals + 1).replace("$HERE", tree.toString()));
            }
        }
        return variables;
    }
}
