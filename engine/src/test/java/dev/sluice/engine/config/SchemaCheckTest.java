package dev.sluice.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.engine.value.PythonRepr;
import dev.sluice.engine.value.Value;

import org.junit.jupiter.api.Test;

import java.util.Map;

class SchemaCheckTest {
    private static final String SCHEMA =
            """
            $schema: "https://json-schema.org/draft/2020-12/schema"
            $id: "https://example.org/elsewhere.yaml"
            type: object
            properties:
              samples: {type: string}
              threads: {type: integer, default: 4, minimum: 1}
              tool:
                type: object
                default: {}
                properties:
                  mode: {enum: [fast, slow], default: fast}
              shared: {$ref: "parts.json#/$defs/shared"}
            required: [samples]
            """;
    private static final String PARTS =
            """
            {"$defs": {"shared": {"type": "object", "properties": {"x": {"type": "number", "default": 1.5}}}}}
            """;

    @Test
    void fillsInDefaultsThoseOfDefaultsIncluded() throws Exception {
        SchemaCheck.Checked checked = check("samples: s.tsv\nshared: {}", true);
        assertThat(checked.problems()).isEmpty();
        assertThat(PythonRepr.repr(checked.data()))
                .isEqualTo(
                        "{'samples': 's.tsv', 'shared': {'x': 1.5}, 'threads': 4, 'tool': {'mode':"
                                + " 'fast'}}");
    }

    @Test
    void leavesDataAloneWhereNoDefaultsAreAsked() throws Exception {
        SchemaCheck.Checked checked = check("samples: s.tsv", false);
        assertThat(PythonRepr.repr(checked.data())).isEqualTo("{'samples': 's.tsv'}");
    }

    @Test
    void namesTheKeysThatAreWrong() throws Exception {
        assertThat(check("samples: 1\ntool: {mode: odd}\nthreads: 0", true).problems())
                .extracting(SchemaCheck.Problem::path)
                .contains("samples", "tool.mode", "threads");
        assertThat(check("threads: 2", true).problems())
                .anySatisfy(problem -> assertThat(problem.message()).contains("samples"));
    }

    @Test
    void aWholeRealIsAnIntegerAndAnIntegerIsANumber() throws Exception {
        assertThat(check("samples: s\nthreads: 2.0\nshared: {x: 3}", true).problems()).isEmpty();
        assertThat(check("samples: s\nthreads: 2.5", true).problems()).isNotEmpty();
        assertThat(check("samples: s\nthreads: yes", true).problems()).isNotEmpty();
    }

    @Test
    void aSchemaThatCannotBeReadIsSaidSo() {
        assertThatExceptionOfType(SchemaCheck.BadSchema.class)
                .isThrownBy(
                        () ->
                                new SchemaCheck(path -> "a: [")
                                        .check(
                                                new Value.MapOf(java.util.List.of()),
                                                "/w/bad.yaml",
                                                true))
                .withMessageContaining("/w/bad.yaml:");
        assertThatExceptionOfType(SchemaCheck.BadSchema.class)
                .isThrownBy(
                        () ->
                                check(
                                        "samples: s",
                                        "properties: {samples: {$ref: nowhere.yaml}}",
                                        true));
    }

    private static SchemaCheck.Checked check(String data, boolean setDefaults) throws Exception {
        return check(data, SCHEMA, setDefaults);
    }

    private static SchemaCheck.Checked check(String data, String schema, boolean setDefaults)
            throws Exception {
        Map<String, String> files = Map.of("/w/schema.yaml", schema, "/w/parts.json", PARTS);
        SchemaCheck check =
                new SchemaCheck(
                        path -> {
                            String text = files.get(path);
                            if (text == null) {
                                throw new java.io.IOException("no " + path);
                            }
                            return text;
                        });
        return check.check(ConfigReader.read(data), "/w/schema.yaml", setDefaults);
    }
}
