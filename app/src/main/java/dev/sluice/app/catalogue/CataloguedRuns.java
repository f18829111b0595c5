package dev.sluice.app.catalogue;

import dev.sluice.app.host.HostedRun;
import dev.sluice.app.host.Runs;
import dev.sluice.engine.journal.Wish;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;

/** Runs whose changes stand in the catalogue when the call returns. */
final class CataloguedRuns implements Runs {
    private final Runs runs;
    private final CatalogueKeeper keeper;

    CataloguedRuns(Runs runs, CatalogueKeeper keeper) {
        this.runs = runs;
        this.keeper = keeper;
    }

    @Override
    public List<HostedRun> list() {
        return runs.list();
    }

    @Override
    public @Nullable HostedRun find(String id) {
        return runs.find(id);
    }

    @Override
    public HostedRun accept(
            String owner, String name, List<String> words, Path workflow, long bytes) {
        HostedRun run = runs.accept(owner, name, words, workflow, bytes);
        keeper.refresh(run.id());
        return run;
    }

    @Override
    public Path incoming() {
        return runs.incoming();
    }

    @Override
    public void resume(HostedRun run, List<String> words) {
        runs.resume(run, words);
        keeper.refresh(run.id());
    }

    @Override
    public void cancel(HostedRun run, boolean now) {
        runs.cancel(run, now);
        keeper.refresh(run.id());
    }

    @Override
    public void wish(HostedRun run, Wish wish) {
        runs.wish(run, wish);
    }

    @Override
    public void delete(HostedRun run) {
        runs.delete(run);
        keeper.refresh(run.id());
    }

    @Override
    public boolean isActive(HostedRun run) {
        return runs.isActive(run);
    }

    @Override
    public String explain(HostedRun run) {
        return runs.explain(run);
    }
}
