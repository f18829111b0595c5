package dev.sluice.dsl.python;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dsl.Parsed;
import dev.sluice.dsl.Snakefiles;
import dev.sluice.dsl.ast.Directive;
import dev.sluice.dsl.ast.Hook;
import dev.sluice.dsl.ast.KeywordStatement;
import dev.sluice.dsl.ast.PythonBlock;
import dev.sluice.dsl.ast.PythonCode;
import dev.sluice.dsl.ast.RuleDeclaration;
import dev.sluice.dsl.ast.RunBlock;
import dev.sluice.dsl.ast.Snakefile;
import dev.sluice.dsl.ast.Statement;
import dev.sluice.dsl.source.SourceFile;
import dev.sluice.dsl.source.Span;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What holds for the program of any Snakefile, tried on generated ones. */
class ProgramWriterTest {
    private static final List<String> VALUES =
            List.of(
                    "\"a\"",
                    "\"a\", x=lambda w: w[1:2]",
                    "f\"{x['y']}\",",
                    "*z, **{'a': 1}",
                    "\n@\"a\",  # why\n@  # more\n@b=\"\"\"\nraw\n  lines\n\"\"\"\n",
                    "  # nothing yet\n@[x for x in y],\n\n@f(1,\n2)",
                    "\\\n@3",
                    "");

    private static final List<String> PYTHON =
            List.of(
                    "x = 1\n",
                    "\n# comment\n",
                    "def f(a,\nb):\n@    return {a: b}\n",
                    "rule = 'a'; input = 3\n",
                    "y = '''\nrule a:\n  input: 1\n'''\n");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void keepsTheNumberOfEachLineAndEveryIsland(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            var text = new StringBuilder();
            for (int i = 1 + random.nextInt(5); i > 0; i--) {
                statement(text, "", random);
            }
            String end = random.nextBoolean() ? "\n" : "\r\n";
            check(text.toString().replace("\n", end));
        }
    }

    private static void check(String text) {
        var source = new SourceFile("Snakefile", text);
        var parsed = Snakefiles.parse(source);
        assertThat(parsed.hasErrors()).as(text).isFalse();
        PythonProgram program = ProgramWriter.write(parsed);
        var written = new SourceFile("program", program.text());
        assertThat(written.lineCount()).as(text).isEqualTo(source.lineCount());
        for (Span island : islands(parsed)) {
            String code = source.text(island);
            int at = programOffset(program, island.start());
            assertThat(program.text().startsWith(code, at)).as(text).isTrue();
            assertThat(written.lineOf(at)).isEqualTo(source.lineOf(island.start()));
        }
    }

    /** The offset in the program of a place that was not changed. */
    private static int programOffset(PythonProgram program, int sourceOffset) {
        int found = -1;
        for (int i = 0; i <= program.text().length(); i++) {
            if (program.columns().sourceOffset(i) == sourceOffset) {
                found = i;
            }
        }
        return found;
    }

    private static List<Span> islands(Parsed<Snakefile> parsed) {
        List<Span> islands = new ArrayList<>();
        parsed.tree().statements().forEach(statement -> collect(statement, islands));
        islands.removeIf(Span::isEmpty);
        return islands;
    }

    private static void collect(Statement statement, List<Span> islands) {
        if (statement instanceof PythonCode code) {
            islands.add(code.span());
        } else if (statement instanceof PythonBlock block) {
            islands.add(block.header());
            block.body().forEach(inner -> collect(inner, islands));
        } else if (statement instanceof KeywordStatement keyword) {
            islands.add(keyword.arguments().span());
        } else if (statement instanceof Hook hook) {
            islands.add(hook.body());
        } else if (statement instanceof RuleDeclaration rule) {
            for (var item : rule.items()) {
                if (item instanceof Directive directive) {
                    islands.add(directive.arguments().span());
                } else if (item instanceof RunBlock run) {
                    islands.add(run.body());
                }
            }
        }
    }

    private static void statement(StringBuilder text, String indent, Random random) {
        switch (random.nextInt(6)) {
            case 0, 1 -> rule(text, indent, random);
            case 2 -> text.append(at(pick(PYTHON, random), indent));
            case 3 -> text.append(indent).append("include: ").append(value(indent, random));
            case 4 -> {
                text.append(indent).append("onerror:  # c\n").append(indent).append("  x(log)\n");
            }
            default -> block(text, indent, random);
        }
    }

    private static void block(StringBuilder text, String indent, Random random) {
        if (indent.length() > 6) {
            text.append(indent).append("pass\n");
            return;
        }
        text.append(indent).append("if x:  # why\n");
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            statement(text, indent + "  ", random);
        }
    }

    private static void rule(StringBuilder text, String indent, Random random) {
        String named = "checkpoint \\\n  c" + text.length();
        text.append(indent).append(random.nextBoolean() ? "rule" : named).append(":\n");
        String inner = indent + (random.nextBoolean() ? "\t" : "    ");
        for (String name : List.of("input", "output", "params", "log")) {
            if (random.nextInt(3) > 0) {
                text.append(inner).append(name).append(": ").append(value(inner, random));
            }
        }
        if (random.nextBoolean()) {
            text.append(inner).append("run:\n").append(inner).append("  if a:\n");
            text.append(inner).append("    b = '''\n'''\n");
        } else {
            text.append(inner).append("shell: \"x\"  # done\n");
        }
    }

    private static String value(String indent, Random random) {
        return at(pick(VALUES, random), indent + "    ").stripTrailing() + "\n";
    }

    /** A text at an indentation, where it asks for one. */
    private static String at(String text, String indent) {
        boolean line = text.endsWith("\n") && !text.startsWith("\n");
        return (line ? indent : "") + text.replace("@", indent);
    }

    private static String pick(List<String> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
