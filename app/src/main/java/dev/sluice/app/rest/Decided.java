package dev.sluice.app.rest;

import dev.sluice.app.host.Runs.Refused;

import java.util.function.Supplier;

/** What the host of the runs refuses, as problems. */
final class Decided {
    private Decided() {}

    static <T> T by(Supplier<T> act) {
        try {
            return act.get();
        } catch (Refused refused) {
            String detail = String.valueOf(refused.getMessage());
            throw switch (refused.why()) {
                case BAD_WORDS -> Problem.unprocessable(detail, null);
                case NOT_NOW -> Problem.conflict(detail, null);
            };
        }
    }

    static void by(Runnable act) {
        by(
                () -> {
                    act.run();
                    return true;
                });
    }
}
