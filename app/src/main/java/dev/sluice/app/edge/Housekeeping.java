package dev.sluice.app.edge;

import dev.sluice.app.catalogue.CatalogueRow;
import dev.sluice.app.host.HostedRun;
import dev.sluice.app.host.Runs;
import dev.sluice.app.inspect.Trees;
import dev.sluice.app.settings.ServerSettings;
import dev.sluice.app.settings.ServerSettings.End;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Shows the server's runs to {@link Retention} and does what it says. */
final class Housekeeping {
    private final ServerSettings.Retention settings;
    private final Retention retention;
    private final Runs runs;
    private final Function<String, @Nullable CatalogueRow> rows;
    private final Path incoming;
    private final Consumer<String> log;
    private final InstantSource clock;

    Housekeeping(
            ServerSettings.Retention settings,
            Runs runs,
            Function<String, @Nullable CatalogueRow> rows,
            Path incoming,
            Consumer<String> log,
            InstantSource clock) {
        this.settings = settings;
        retention = new Retention(settings);
        this.runs = runs;
        this.rows = rows;
        this.incoming = incoming;
        this.log = log;
        this.clock = clock;
    }

    void tidy() {
        Instant now = clock.instant();
        for (Retention.Act act : retention.due(seen(), now)) {
            HostedRun run = runs.find(act.id());
            if (run != null) {
                carryOut(run, act);
            }
        }
        sweepIncoming(now);
    }

    private List<Retention.Seen> seen() {
        var seen = new ArrayList<Retention.Seen>();
        for (HostedRun run : runs.list()) {
            CatalogueRow row = rows.apply(run.id());
            if (row != null) {
                boolean ended = End.of(row.state()) != null && !runs.isActive(run);
                Instant last = Instant.ofEpochMilli(Math.max(row.lastFact(), row.submitted()));
                seen.add(new Retention.Seen(run.id(), ended, last, ended ? logs(run) : List.of()));
            }
        }
        return seen;
    }

    private List<Retention.Log> logs(HostedRun run) {
        if (settings.logDays() == 0 && settings.logBytes() == 0) {
            return List.of();
        }
        var logs = new ArrayList<Retention.Log>();
        Path folder = run.folder().logs();
        if (Files.isDirectory(folder)) {
            try (var files = Files.newDirectoryStream(folder, Files::isRegularFile)) {
                for (Path file : files) {
                    logs.add(new Retention.Log(file, Files.size(file)));
                }
            } catch (IOException e) {
                log.accept("the logs of run " + run.id() + " cannot be looked at: " + e);
            }
        }
        return logs;
    }

    private void carryOut(HostedRun run, Retention.Act act) {
        try {
            switch (act) {
                case Retention.Act.DeleteRun(var id) -> {
                    runs.delete(run);
                    log.accept("run " + id + " was deleted: it is kept for no longer");
                }
                case Retention.Act.DeleteLogs(_, var files) -> {
                    // Someone may have gone on with it meanwhile.
                    if (!runs.isActive(run)) {
                        for (Path file : files) {
                            Files.deleteIfExists(file);
                        }
                    }
                }
            }
        } catch (Runs.Refused | IOException | UncheckedIOException e) {
            log.accept("run " + run.id() + " could not be tidied up: " + e.getMessage());
        }
    }

    /** What has not changed for so long is no upload under way. */
    private void sweepIncoming(Instant now) {
        Instant since = now.minus(Duration.ofHours(settings.incomingHours()));
        if (!Files.isDirectory(incoming)) {
            return;
        }
        try (var left = Files.newDirectoryStream(incoming)) {
            for (Path each : left) {
                if (newest(each).isBefore(since)) {
                    Trees.delete(each);
                    log.accept("the leftover upload " + each.getFileName() + " was deleted");
                }
            }
        } catch (IOException e) {
            log.accept("leftovers of uploads could not be deleted: " + e);
        }
    }

    private static Instant newest(Path path) throws IOException {
        Instant[] newest = {Instant.MIN};
        Files.walkFileTree(
                path,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes facts) {
                        return look(facts);
                    }

                    @Override
                    public FileVisitResult visitFile(Path each, BasicFileAttributes facts) {
                        return look(facts);
                    }

                    private FileVisitResult look(BasicFileAttributes facts) {
                        Instant changed = facts.lastModifiedTime().toInstant();
                        newest[0] = changed.isAfter(newest[0]) ? changed : newest[0];
                        return FileVisitResult.CONTINUE;
                    }
                });
        return newest[0];
    }
}
