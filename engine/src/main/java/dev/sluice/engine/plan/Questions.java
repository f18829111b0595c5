package dev.sluice.engine.plan;

import dev.sluice.engine.evaluate.Answer;
import dev.sluice.engine.evaluate.Call;
import dev.sluice.engine.evaluate.Evaluator;
import dev.sluice.engine.evaluate.JobArguments;
import dev.sluice.engine.rules.Callable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Calls that go to Python in one round trip, each with what to do with its answer. */
final class Questions {
    private final List<Call> calls = new ArrayList<>();
    private final List<Consumer<Answer>> receivers = new ArrayList<>();

    void ask(Callable function, JobArguments arguments, Consumer<Answer> receiver) {
        calls.add(new Call(function, Call.Expect.VALUE, arguments));
        receivers.add(receiver);
    }

    /** Asks them all, hands out the answers and starts afresh. */
    void askAll(Evaluator evaluator) {
        if (calls.isEmpty()) {
            return;
        }
        List<Answer> answers = evaluator.call(List.copyOf(calls));
        List<Consumer<Answer>> waiting = List.copyOf(receivers);
        calls.clear();
        receivers.clear();
        for (int i = 0; i < answers.size(); i++) {
            waiting.get(i).accept(answers.get(i));
        }
    }
}
