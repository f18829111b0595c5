package dev.sluice.engine.run;

import dev.sluice.engine.evaluate.Answer;
import dev.sluice.engine.evaluate.Call;
import dev.sluice.engine.evaluate.CheckpointDone;
import dev.sluice.engine.evaluate.Evaluator;
import dev.sluice.engine.evaluate.FormatRequest;
import dev.sluice.engine.evaluate.ScriptRequest;

import java.util.List;
import java.util.function.Supplier;

/** Tells how long Python took for its answers, and passes everything on. */
final class MeasuredEvaluator implements Evaluator {
    private final Evaluator asked;
    private final RunMeasures measures;

    private MeasuredEvaluator(Evaluator asked, RunMeasures measures) {
        this.asked = asked;
        this.measures = measures;
    }

    static Evaluator of(Evaluator asked, RunMeasures measures) {
        return measures.equals(RunMeasures.NONE) ? asked : new MeasuredEvaluator(asked, measures);
    }

    /** The one that is really asked. */
    static Evaluator behind(Evaluator evaluator) {
        return evaluator instanceof MeasuredEvaluator measured ? measured.asked : evaluator;
    }

    @Override
    public List<Answer> call(List<Call> calls) {
        return timed("functions", calls.size(), () -> asked.call(calls));
    }

    @Override
    public List<Answer> format(List<FormatRequest> requests) {
        return timed("format", requests.size(), () -> asked.format(requests));
    }

    @Override
    public List<Answer> prepareScripts(List<ScriptRequest> requests) {
        return timed("scripts", requests.size(), () -> asked.prepareScripts(requests));
    }

    @Override
    public void checkpointsDone(List<CheckpointDone> done) {
        asked.checkpointsDone(done);
    }

    /** A batch of nothing is no round trip. */
    private List<Answer> timed(String what, int calls, Supplier<List<Answer>> batch) {
        long begun = System.nanoTime();
        List<Answer> answers = batch.get();
        if (calls > 0) {
            measures.helperCalled(what, calls, System.nanoTime() - begun);
        }
        return answers;
    }
}
