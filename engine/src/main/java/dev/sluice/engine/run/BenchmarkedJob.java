package dev.sluice.engine.run;

import dev.sluice.engine.evaluate.JobArguments;
import dev.sluice.engine.plan.JobFile;
import dev.sluice.engine.rules.NamedList;
import dev.sluice.engine.value.Value;

import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds what an extended benchmark tells of its job. */
final class BenchmarkedJob {
    private static final double MEBIBYTE = 1024.0 * 1024.0;

    private BenchmarkedJob() {}

    static Benchmarks.About about(JobRun run, Disk disk) {
        JobArguments seen = run.ready().arguments();
        return new Benchmarks.About(
                run.job().id(),
                run.rule(),
                texts(seen.wildcards()),
                named(run.ready().params()),
                run.ready().threads(),
                map(seen.resources() == null ? Map.of() : seen.resources()),
                sizes(run, disk));
    }

    private static Value texts(Map<String, String> texts) {
        List<Value.Entry> entries = new ArrayList<>();
        texts.forEach((name, text) -> entries.add(entry(name, new Value.Text(text))));
        return new Value.MapOf(entries);
    }

    private static Value map(Map<String, Value> values) {
        List<Value.Entry> entries = new ArrayList<>();
        values.forEach((name, value) -> entries.add(entry(name, value)));
        return new Value.MapOf(entries);
    }

    private static Value named(NamedList<Value> params) {
        List<Value.Entry> entries = new ArrayList<>();
        for (NamedList.Name name : params.names()) {
            Value value =
                    name.end() < 0
                            ? params.items().get(name.start())
                            : new Value.ListOf(params.items().subList(name.start(), name.end()));
            entries.add(entry(name.name(), value));
        }
        return new Value.MapOf(entries);
    }

    private static Value sizes(JobRun run, Disk disk) {
        List<Value.Entry> entries = new ArrayList<>();
        for (JobFile file : run.job().input().items()) {
            BasicFileAttributes found = file.stream() ? null : disk.attributes(file.path());
            if (found != null) {
                entries.add(entry(file.path(), new Value.Real(found.size() / MEBIBYTE)));
            }
        }
        return new Value.MapOf(entries);
    }

    private static Value.Entry entry(String name, Value value) {
        return new Value.Entry(new Value.Text(name), value);
    }
}
