package dev.sluice.app.show;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.pattern.Wildcards;
import dev.sluice.engine.plan.JobFile;
import dev.sluice.engine.plan.JobSettings;
import dev.sluice.engine.plan.PlannedJob;
import dev.sluice.engine.rules.Flags;
import dev.sluice.engine.rules.NamedList;
import dev.sluice.engine.rules.Rule;
import dev.sluice.engine.value.Value;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;

final class PlanJsonTest {
    @Test
    void writesAJobOnALineOfItsOwn() throws IOException {
        var text = new StringWriter();
        try (var json = new PlanJson(text)) {
            json.write(settings(7, NamedList.empty()), "cat a > b", "Missing output files: b");
            json.write(settings(8, NamedList.empty()), null, "Forced execution");
        }
        assertThat(text.toString())
                .isEqualTo(
                        """
                        {"rule":"map","wildcards":{"sample":"A"},"input":["in/A.txt"],"output":["b"],"log":[],\
                        "benchmark":null,"threads":2,"shellcmd":"cat a > b","kind":"shell",\
                        "reason":"Missing output files: b","params":{},"resources":{"mem_mb":100,"tmpdir":"/tmp"}}
                        {"rule":"map","wildcards":{"sample":"A"},"input":["in/A.txt"],"output":["b"],"log":[],\
                        "benchmark":null,"threads":2,"shellcmd":null,"kind":"shell",\
                        "reason":"Forced execution","params":{},"resources":{"mem_mb":100,"tmpdir":"/tmp"}}
                        """);
    }

    @Test
    void writesNothingWhereNothingRuns() throws IOException {
        var text = new StringWriter();
        new PlanJson(text).close();
        assertThat(text.toString()).isEmpty();
    }

    @Test
    void namesParamsAndCountsThoseWithoutAName() throws IOException {
        var items =
                List.<Value>of(
                        new Value.Text("first"),
                        new Value.Int(2),
                        new Value.Int(3),
                        new Value.Text("last"),
                        new Value.Bool(true));
        var params =
                new NamedList<>(
                        items,
                        List.of(
                                new NamedList.Name("pair", 1, 3),
                                new NamedList.Name("one", 3, -1)));
        var text = new StringWriter();
        try (var json = new PlanJson(text)) {
            json.write(settings(1, params), null, "");
        }
        assertThat(text.toString())
                .contains(
                        "\"params\":{\"pair\":[2,3],\"one\":\"last\",\"0\":\"first\",\"1\":true}");
    }

    private static JobSettings settings(int id, NamedList<Value> params) {
        Rule rule = RuleSketch.rule("map").shell("cat {input} > {output}").build(0);
        var wildcards = new LinkedHashMap<String, String>();
        wildcards.put("sample", "A");
        var job =
                new PlannedJob(
                        id,
                        "key" + id,
                        rule,
                        Wildcards.of(wildcards),
                        files("in/A.txt"),
                        files("b"),
                        NamedList.empty(),
                        null,
                        null,
                        false);
        var resources = new LinkedHashMap<String, Value>();
        resources.put("mem_mb", new Value.Int(100));
        resources.put("tmpdir", new Value.Text("/tmp"));
        return new JobSettings(job, 1, params, List.of(), 2, resources, 0, null, null);
    }

    private static NamedList<JobFile> files(String path) {
        return new NamedList<>(List.of(new JobFile(path, Flags.NONE)), List.of());
    }
}
