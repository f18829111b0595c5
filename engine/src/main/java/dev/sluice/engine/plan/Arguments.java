package dev.sluice.engine.plan;

import dev.sluice.engine.rules.NamedList;

import java.util.List;

/** Job files as the plain paths that functions see. */
final class Arguments {
    private Arguments() {}

    static NamedList<String> paths(NamedList<JobFile> files) {
        List<String> paths = files.items().stream().map(JobFile::path).toList();
        return new NamedList<>(paths, files.names());
    }
}
