package dev.sluice.engine.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.evaluate.JobArguments;
import dev.sluice.engine.rules.NamedList;
import dev.sluice.engine.value.Value;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

class PythonFormatTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "cat {input} > {output}|cat a b.txt c d > out 1.txt",
                "{input[0]} {input.rest}|a b.txt c d",
                "{input.first} {input[first]}|a b.txt a b.txt",
                "{input:q}|~'a b.txt' c d~",
                "{output:q} {output:u}|~'out 1.txt' out 1.txt~",
                "{params.words} {params.number} {params[1]}|x y 7 7",
                "{params}|['x', 'y'] 7 {'k': [1, 2]}",
                "{params.map[k]} {params.map[k][1]}|1 2 2",
                "{params.number:03d} {params.number:>4} {params.number:.2f}|007    7 7.00",
                "{params.words!r} {params.words!s}|['x', 'y'] ['x', 'y']",
                "{wildcards} {wildcards.s} {wildcards[t]}|s=1,t=b 1 b",
                "{wildcards.s:>3}|~  1~",
                "{threads} {resources.mem_mb} {resources[mem_mb]}|4 100 100",
                "{rule} {jobid}|r 3",
                "{log}|l.log",
                "{config[a][b]} {config[list][1]} {config[list]}|deep 2 1 2",
                "{NAME} {FLAG} {REAL}|n True 0.1",
                "{{print $1}}|{print $1}",
                "{NAME[0]}|n",
                "{REAL:.1%} {REAL:e}|10.0% 1.000000e-01",
                "{BIG:,}|1,234,567",
            })
    void formatsAsSnakemakeDoes(String template, String expected) {
        assertThat(PythonFormat.parse(template).format(scope()))
                .isEqualTo(new Formatted.Text(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{unknown}",
                "{wildcards.u}",
                "{input.size_mb}",
                "{input[9]}",
                "{params.words.x}",
                "{input[first]:{threads}}",
                "{}",
                "{0}",
                "{NAME.upper}",
                "{NAME:d}",
                "{threads!a}",
                "{config[nope]}",
                "{s}",
            })
    void leavesToPythonWhatOnlyPythonKnows(String template) {
        assertThat(PythonFormat.parse(template).format(scope()))
                .isInstanceOf(Formatted.NeedsPython.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "awk {print $1|4|expected '}' before end of string",
                "a } b|2|Single '}' encountered in format string",
                "a {|2|Single '{' encountered in format string",
                "{a{b}}|2|unexpected '{' in field name",
                "{a[0]b}|0|Only '.' or '[' may follow ']' in format field specifier",
                "{a!rx}|4|expected ':' after conversion specifier",
                "{a:{b}|0|unmatched '{' in format spec",
                "{a.}|0|Empty attribute in format string",
            })
    void saysWhereBracesAreWrong(String template, int offset, String message) {
        assertThat(PythonFormat.parse(template).format(scope()))
                .isInstanceOfSatisfying(
                        Formatted.Failed.class,
                        failed -> {
                            assertThat(failed.message()).isEqualTo(message);
                            assertThat(failed.offset()).isEqualTo(offset);
                        });
    }

    @Test
    void knowsItsNamesBeforeItIsFormatted() {
        assertThat(PythonFormat.parse("{input[0]} {params.x} {input}").names())
                .containsExactly("input", "params");
        assertThat(PythonFormat.parse("echo {{}}").names()).isEmpty();
    }

    @Test
    void quotesNothingThatIsEmpty() {
        assertThat(PythonFormat.parse("[{x:q}]").format(scope().with("x", new Value.Text(""))))
                .isEqualTo(new Formatted.Text("[]"));
    }

    private static Scope scope() {
        SequencedMap<String, String> wildcards = new LinkedHashMap<>();
        wildcards.put("t", "b");
        wildcards.put("s", "1");
        SequencedMap<String, Value> resources = new LinkedHashMap<>();
        resources.put("mem_mb", new Value.Int(100));
        SequencedMap<String, Value> globals = new LinkedHashMap<>();
        globals.put("NAME", text("n"));
        globals.put("FLAG", new Value.Bool(true));
        globals.put("REAL", new Value.Real(0.1));
        globals.put("BIG", new Value.Int(1234567));
        Value list = new Value.ListOf(List.of(new Value.Int(1), new Value.Int(2)));
        globals.put("config", map("a", map("b", text("deep")), "list", list));
        Value words = new Value.ListOf(List.of(text("x"), text("y")));
        return Scope.of(
                new JobArguments(
                        "r",
                        wildcards,
                        new NamedList<>(
                                List.of("a b.txt", "c", "d"),
                                List.of(
                                        new NamedList.Name("first", 0, -1),
                                        new NamedList.Name("rest", 1, 3))),
                        new NamedList<>(List.of("out 1.txt"), List.of()),
                        new NamedList<>(
                                List.of(words, new Value.Int(7), map("k", list)),
                                List.of(
                                        new NamedList.Name("words", 0, -1),
                                        new NamedList.Name("number", 1, -1),
                                        new NamedList.Name("map", 2, -1))),
                        new NamedList<>(List.of("l.log"), List.of()),
                        4,
                        resources,
                        1,
                        null,
                        3),
                globals);
    }

    private static Value text(String text) {
        return new Value.Text(text);
    }

    private static Value map(Object... keysAndValues) {
        List<Value.Entry> entries = new java.util.ArrayList<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            entries.add(
                    new Value.Entry(text((String) keysAndValues[i]), (Value) keysAndValues[i + 1]));
        }
        return new Value.MapOf(entries);
    }

    @Test
    void whateverIsAskedOfAnUnknownValueIsNotKnownEither() {
        JobArguments job =
                new JobArguments(
                        "r",
                        new LinkedHashMap<>(),
                        null,
                        null,
                        new NamedList<>(
                                List.of(Operand.TO_BE_DETERMINED),
                                List.of(new NamedList.Name("x", 0, -1))),
                        null,
                        1,
                        null,
                        1,
                        null,
                        0);
        Scope scope = Scope.of(job, new LinkedHashMap<>());
        assertThat(PythonFormat.parse("echo {params.x[foo].bar}").format(scope))
                .isEqualTo(new Formatted.Text("echo <TBD>"));
    }
}
