package dev.sluice.app.rest;

import dev.sluice.app.host.HostedRun;
import dev.sluice.engine.journal.JournalReader;
import dev.sluice.engine.journal.JournalUnreadable;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.HandedJob;
import dev.sluice.engine.schedule.Key;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What jobs were handed over with: command, params and inputs, which views do not keep. Remembers
 * where in the journals of the last few runs that stands, and reads it there. From any thread.
 */
final class HandedJobs {
    private static final int RUNS = 4;

    private final Map<String, Places> runs =
            new LinkedHashMap<>(8, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Places> eldest) {
                    return size() > RUNS;
                }
            };

    /** What the job's last attempt was handed over with; empty where none was yet. */
    Optional<HandedJob> find(HostedRun run, Key job) {
        Path journal = run.folder().journal();
        Places places;
        synchronized (runs) {
            places = runs.computeIfAbsent(run.id(), id -> new Places());
        }
        try {
            return Optional.ofNullable(places.find(journal, job));
        } catch (JournalUnreadable damaged) {
            return Optional.empty();
        }
    }

    /** Where the handovers of one run stand. */
    private static final class Places {
        private final Map<Key, Long> offsets = new LinkedHashMap<>();
        private long read;

        synchronized @Nullable HandedJob find(Path journal, Key job) {
            long size = size(journal);
            if (size < read) {
                // Facts were taken back because they could not be written whole.
                offsets.clear();
                read = 0;
            }
            if (size > read) {
                read =
                        JournalReader.read(
                                journal, read, entry -> note(entry.fact(), entry.offset()));
            }
            Long offset = offsets.get(job);
            return offset == null ? null : at(journal, offset, job);
        }

        private void note(Fact fact, long offset) {
            if (fact instanceof Fact.AttemptHandedOver(var task, int attempt, var jobs)) {
                jobs.forEach(each -> offsets.put(each.key(), offset));
            }
        }

        private static @Nullable HandedJob at(Path journal, long offset, Key job) {
            try {
                JournalReader.read(
                        journal,
                        offset,
                        entry -> {
                            throw new Read(entry.fact());
                        });
                return null;
            } catch (Read read) {
                return read.fact instanceof Fact.AttemptHandedOver(var task, int attempt, var jobs)
                        ? jobs.stream()
                                .filter(each -> each.key().equals(job))
                                .findFirst()
                                .orElse(null)
                        : null;
            }
        }

        private static long size(Path journal) {
            try {
                return Files.size(journal);
            } catch (NoSuchFileException notYet) {
                return 0;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** One fact was wanted, and is there; is not an error. */
    private static final class Read extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Fact fact;

        Read(Fact fact) {
            super(null, null, false, false);
            this.fact = fact;
        }
    }
}
