package dev.sluice.app.rest;

import dev.sluice.app.access.Action;
import dev.sluice.app.host.HostedRun;
import dev.sluice.engine.schedule.Key;
import dev.sluice.engine.view.AttemptView;
import dev.sluice.engine.view.JobView;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;

/** What attempts and engines printed, in pieces. */
final class LogResource {
    static final List<String> WORDS = List.of("offset", "limit", "tail");
    static final List<String> WORDS_OF_ATTEMPTS = List.of("offset", "limit", "tail", "file");

    private static final int USUAL = 1 << 16;
    private static final int MOST = 1 << 22;

    private final Looking looking;
    private final Guard guard;

    LogResource(Looking looking, Guard guard) {
        this.looking = looking;
        this.guard = guard;
    }

    Answer ofEngine(Request request) {
        return piece(guard.run(request, Action.LOOK).engineLog(), request.query());
    }

    Answer ofAttempt(Request request) {
        Named named = looking.at(request, seen -> named(seen, request));
        Path file = new InsideFolder(named.run().folder().workdir()).resolve(named.path());
        return piece(file, request.query());
    }

    private static Answer piece(Path file, Query query) {
        if (query.last("tail") != null) {
            return LogRegion.tail(file, query.count("tail", USUAL, 1, MOST)).answer();
        }
        int limit = query.count("limit", USUAL, 1, MOST);
        return LogRegion.at(file, query.number("offset", 0, 0, Long.MAX_VALUE), limit).answer();
    }

    /** A file as facts name it. */
    private record Named(HostedRun run, String path) {}

    private static Named named(Looking.Seen seen, Request request) {
        JobView job = seen.folded().view().job(new Key(request.job()));
        String number = request.parameter("attempt");
        AttemptView attempt = job == null ? null : attempt(job, number);
        if (attempt == null) {
            throw Problem.notFound(
                    "job " + request.job() + " has had no attempt " + number + " in this run");
        }
        String file = request.query().last("file");
        return new Named(
                seen.run(),
                file == null ? own(seen.run(), attempt) : ofRule(attempt, request.query()));
    }

    /** Facts name it relative to the working folder; those of version 1 only once it is over. */
    private static String own(HostedRun run, AttemptView attempt) {
        return attempt.log().isEmpty()
                ? run.folder()
                        .workdir()
                        .relativize(run.folder().logs().resolve(attempt.name()))
                        .toString()
                : attempt.log();
    }

    private static String ofRule(AttemptView attempt, Query query) {
        int file = query.count("file", 0, 0, Integer.MAX_VALUE);
        if (file >= attempt.ruleLogs().size()) {
            throw Problem.notFound(
                    "the rule has "
                            + attempt.ruleLogs().size()
                            + " log files, counted from 0, and no "
                            + file);
        }
        return attempt.ruleLogs().get(file);
    }

    private static @Nullable AttemptView attempt(JobView job, String number) {
        return number.matches("[0-9]{1,9}") ? job.attempt(Integer.parseInt(number)) : null;
    }
}
