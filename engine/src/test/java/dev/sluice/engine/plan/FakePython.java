package dev.sluice.engine.plan;

import dev.sluice.engine.evaluate.Answer;
import dev.sluice.engine.evaluate.Call;
import dev.sluice.engine.evaluate.CheckpointDone;
import dev.sluice.engine.evaluate.Evaluator;
import dev.sluice.engine.evaluate.FormatRequest;
import dev.sluice.engine.evaluate.JobArguments;
import dev.sluice.engine.evaluate.PythonError;
import dev.sluice.engine.evaluate.ScriptRequest;
import dev.sluice.engine.rules.Callable;
import dev.sluice.engine.rules.Flags;
import dev.sluice.engine.rules.Item;
import dev.sluice.engine.rules.NamedList;
import dev.sluice.engine.value.Value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The functions of a Snakefile as functions of Java. */
final class FakePython implements Evaluator {
    private final List<Function<JobArguments, Answer>> functions = new ArrayList<>();
    private final Map<String, CheckpointDone> done = new HashMap<>();

    /** Round trips, and calls in them. */
    int trips;

    int calls;

    Callable function(String arguments, Function<JobArguments, Answer> body) {
        functions.add(body);
        List<String> names = arguments.isEmpty() ? List.of() : List.of(arguments.split(" "));
        return new Callable(functions.size() - 1, names, "lambda");
    }

    static Answer files(String... paths) {
        List<Item.Path> items = new ArrayList<>();
        Arrays.stream(paths).forEach(path -> items.add(new Item.Path(path, Flags.NONE, null)));
        return new Answer.Files(new NamedList<>(items, List.of()));
    }

    static Answer number(long number) {
        return new Answer.Of(new Value.Int(number));
    }

    static Answer text(String text) {
        return new Answer.Of(new Value.Text(text));
    }

    static Answer raises(String type, String message) {
        return new Answer.Failed(
                new PythonError(
                        "python",
                        null,
                        type,
                        message,
                        "Snakefile",
                        1,
                        -1,
                        -1,
                        List.of(),
                        List.of(),
                        null));
    }

    /** {@code checkpoints.RULE.get()}: whether it answers by now. */
    boolean has(String checkpoint) {
        return done.containsKey(checkpoint);
    }

    static Answer needs(String rule, String target) {
        return new Answer.NeedsCheckpoint(rule, new LinkedHashMap<>(), target);
    }

    @Override
    public List<Answer> call(List<Call> batch) {
        trips++;
        calls += batch.size();
        List<Answer> answers = new ArrayList<>();
        for (Call call : batch) {
            answers.add(functions.get(call.function().handle()).apply(call.arguments()));
        }
        return answers;
    }

    @Override
    public List<Answer> format(List<FormatRequest> requests) {
        List<Answer> answers = new ArrayList<>();
        requests.forEach(
                request -> answers.add(new Answer.Formatted("python:" + request.template())));
        return answers;
    }

    @Override
    public List<Answer> prepareScripts(List<ScriptRequest> requests) {
        throw new UnsupportedOperationException("planning starts no script");
    }

    @Override
    public void checkpointsDone(List<CheckpointDone> finished) {
        finished.forEach(one -> done.put(one.rule(), one));
    }
}
