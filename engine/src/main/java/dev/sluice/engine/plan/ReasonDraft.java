package dev.sluice.engine.plan;

import java.util.ArrayList;
import java.util.List;

/** A reason while it is put together. */
final class ReasonDraft {
    boolean forced;
    boolean noInputOrOutput;
    boolean noOutput;
    boolean inputChanged;
    boolean codeChanged;
    boolean softwareChanged;
    final List<String> missingOutput = new ArrayList<>();
    final List<String> lostOutput = new ArrayList<>();
    final List<String> updatedInput = new ArrayList<>();
    final List<String> updatedByJob = new ArrayList<>();
    final List<String> paramsBefore = new ArrayList<>();
    final List<String> paramsNow = new ArrayList<>();

    static Reason forced() {
        ReasonDraft draft = new ReasonDraft();
        draft.forced = true;
        return draft.reason();
    }

    void take(Reason reason) {
        forced |= reason.forced();
        noInputOrOutput |= reason.noInputOrOutput();
        noOutput |= reason.noOutput();
        inputChanged |= reason.inputChanged();
        codeChanged |= reason.codeChanged();
        softwareChanged |= reason.softwareChanged();
        missingOutput.addAll(reason.missingOutput());
        lostOutput.addAll(reason.lostOutput());
        updatedInput.addAll(reason.updatedInput());
        updatedByJob.addAll(reason.updatedByJob());
        paramsBefore.addAll(reason.paramsBefore());
        paramsNow.addAll(reason.paramsNow());
    }

    boolean present() {
        return reason().present();
    }

    Reason reason() {
        if (empty()) {
            return Reason.NONE;
        }
        return new Reason(
                forced,
                noInputOrOutput,
                noOutput,
                List.copyOf(missingOutput),
                List.copyOf(lostOutput),
                List.copyOf(updatedInput),
                List.copyOf(updatedByJob),
                inputChanged,
                codeChanged,
                List.copyOf(paramsBefore),
                List.copyOf(paramsNow),
                softwareChanged);
    }

    private boolean empty() {
        boolean noFlag =
                !(forced
                        || noInputOrOutput
                        || noOutput
                        || inputChanged
                        || codeChanged
                        || softwareChanged);
        return noFlag
                && missingOutput.isEmpty()
                && lostOutput.isEmpty()
                && updatedInput.isEmpty()
                && updatedByJob.isEmpty()
                && paramsBefore.isEmpty()
                && paramsNow.isEmpty();
    }
}
