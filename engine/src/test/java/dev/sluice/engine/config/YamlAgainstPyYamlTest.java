package dev.sluice.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.engine.value.PythonRepr;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Generated documents, judged by the PyYAML of python3; skipped where it has none (the recorded
 * files of {@link ConfigReaderTest} are judged everywhere). {@code -Dsluice.seed=N} repeats a run.
 */
class YamlAgainstPyYamlTest {
    private static final int CASES = 3000;

    private static final String PROGRAM =
            """
            import sys, yaml, datetime
            def plain(v):
                if isinstance(v, datetime.date):
                    return str(v)
                if isinstance(v, dict):
                    return {plain(k): plain(x) for k, x in v.items()}
                return [plain(x) for x in v] if isinstance(v, list) else v
            for document in open(sys.argv[1], encoding="utf-8").read().split("\\0"):
                try:
                    print("ok " + ascii(plain(yaml.load(document, Loader=yaml.FullLoader))))
                except Exception:
                    print("error")
            """;
    private static final String[] CHARACTERS = {
        "0", "1", "2", "5", "8", "9", "0", "1", ".", "_", "-", "+", "e", "E", ":", "x", "b", "o",
        "a", "f", "n", "~", " "
    };
    private static final String[] WORDS = {
        "yes",
        "No",
        "on",
        "OFF",
        "true",
        "null",
        "Null",
        "~",
        ".inf",
        "-.INF",
        ".nan",
        "=",
        "<<",
        "2001-01-01",
        "1e3",
        "0o7",
        "0b1",
        "x y",
        "a: b",
        "- a",
        "[a, b]",
        "{a: 1}",
        "'it''s'",
        "\"t\\n\"",
        "1.5e+3",
        "12:30:45",
        "0x1F",
        "é",
        "#",
        "a #b",
        "2001-1-2 3:04:05.6",
        "!!str 1",
        "y",
        "*a",
        "&a 1",
        "1,000",
        "|",
        ">",
        "%",
        "@",
        "`",
        "?",
        "? a"
    };

    /** The same cases on every run; {@code -Dsluice.seed=N} gives others. */
    private final long seed = Long.getLong("sluice.seed", 20261124L);

    @TempDir Path folder;

    @Test
    void readsGeneratedDocumentsAsPyYamlDoes() throws Exception {
        assumeTrue(run("-c", "import yaml").isEmpty(), "python3 has no PyYAML");
        Random random = new Random(seed);
        List<String> documents = new ArrayList<>();
        for (int i = 0; i < CASES; i++) {
            documents.add(document(random));
        }
        Path file = Files.writeString(folder.resolve("documents"), String.join("\0", documents));
        List<String> expected = run("-c", PROGRAM, file.toString()).lines().toList();
        assertThat(expected).hasSize(CASES);
        for (int i = 0; i < CASES; i++) {
            assertThat(answer(documents.get(i)))
                    .as("seed %d:\n%s", seed, documents.get(i))
                    .isEqualTo(expected.get(i));
        }
        assertThat(expected.stream().filter(each -> each.startsWith("ok")).count())
                .as("documents that are good, of seed %d", seed)
                .isGreaterThan(CASES / 2);
    }

    private static String answer(String document) {
        try {
            return "ok " + ascii(PythonRepr.repr(ConfigReader.readAny(document)));
        } catch (ConfigTrouble e) {
            return "error";
        }
    }

    private static String ascii(String text) {
        return text.replace("é", "\\xe9");
    }

    private static String document(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> "k: " + scalar(random);
            case 1 -> "- " + scalar(random) + "\n- " + scalar(random);
            case 2 ->
                    "a:\n  b: "
                            + scalar(random)
                            + "\n  "
                            + key(random)
                            + ": 2\nc: ["
                            + scalar(random)
                            + "]";
            default -> "k: {a: " + scalar(random) + "}\nl:\n- " + scalar(random);
        };
    }

    private static String key(Random random) {
        return random.nextBoolean() ? "b" : scalar(random);
    }

    private static String scalar(Random random) {
        if (random.nextInt(3) == 0) {
            return WORDS[random.nextInt(WORDS.length)];
        }
        StringBuilder text = new StringBuilder();
        for (int n = 1 + random.nextInt(6); n > 0; n--) {
            text.append(CHARACTERS[random.nextInt(CHARACTERS.length)]);
        }
        return text.toString();
    }

    private static String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("python3"));
        command.addAll(List.of(arguments));
        Process python = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        python.waitFor();
        return output;
    }
}
