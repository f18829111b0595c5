package dev.sluice.app.show;

import dev.sluice.engine.evaluate.Answer;
import dev.sluice.engine.evaluate.Call;
import dev.sluice.engine.evaluate.CheckpointDone;
import dev.sluice.engine.evaluate.Evaluator;
import dev.sluice.engine.evaluate.FormatRequest;
import dev.sluice.engine.evaluate.ScriptRequest;
import dev.sluice.engine.files.FileFact;
import dev.sluice.engine.files.FileFacts;
import dev.sluice.engine.plan.PastOutputs;
import dev.sluice.engine.plan.Plan;
import dev.sluice.engine.plan.PlanRequest;
import dev.sluice.engine.plan.Planned;
import dev.sluice.engine.plan.Planner;
import dev.sluice.engine.rules.RuleBook;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plans for tests: the real planner, files in memory, and a Python that must not be asked. */
public final class Plans {
    private Plans() {}

    public static Plan plan(RuleBook book, FileFacts files) {
        return plan(book, files, PastOutputs.NONE);
    }

    public static Plan plan(RuleBook book, FileFacts files, PastOutputs past, String... targets) {
        PlanRequest request = PlanRequest.of(List.of(targets));
        return switch (new Planner(book, request, new NoPython(), files, past).plan()) {
            case Planned.Made made -> made.plan();
            case Planned.Refused refused -> throw new AssertionError(refused.problems());
        };
    }

    /** Files with their times in seconds. */
    public static final class Files implements FileFacts {
        private final Map<String, Long> times = new LinkedHashMap<>();

        public Files with(String path, long seconds) {
            times.put(path, seconds);
            return this;
        }

        @Override
        public List<FileFact> look(List<String> paths) {
            return paths.stream().map(this::look).toList();
        }

        private FileFact look(String path) {
            Long time = times.get(path);
            return time == null
                    ? FileFact.ABSENT
                    : new FileFact(true, false, time * 1_000_000_000L, 1);
        }

        @Override
        public String sha256(String path) {
            return "";
        }

        @Override
        public void forget(List<String> paths) {}
    }

    public static final class NoPython implements Evaluator {
        @Override
        public List<Answer> call(List<Call> calls) {
            return none(calls);
        }

        @Override
        public List<Answer> format(List<FormatRequest> requests) {
            return none(requests);
        }

        @Override
        public List<Answer> prepareScripts(List<ScriptRequest> requests) {
            return none(requests);
        }

        @Override
        public void checkpointsDone(List<CheckpointDone> done) {
            none(done);
        }

        private static List<Answer> none(List<?> asked) {
            if (!asked.isEmpty()) {
                throw new AssertionError("Python was asked: " + asked);
            }
            return List.of();
        }
    }
}
