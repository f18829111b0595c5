package dev.sluice.engine.journal;

import dev.sluice.engine.schedule.Fact;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/**
 * A process of its own that takes a run and writes its journal as fast as it can, until it loses
 * the run or its standard input ends. Says on standard output how it fares.
 */
final class HoldingProcess {
    private HoldingProcess() {}

    public static void main(String[] args) throws IOException {
        var run = new RunFolder(Path.of(args[0]), args[1]);
        var word = new Fact.Warned(args[2]);
        try (Hold hold = Hold.take(run, List.of("a"));
                Journal journal = Journal.resume(run.journal(), InstantSource.system())) {
            System.out.println("holds it, epoch " + hold.epoch());
            while (System.in.available() == 0) {
                if (!hold.isOurs()) {
                    System.out.println("lost it");
                    return;
                }
                journal.append(List.of(word));
            }
            System.out.println("lets it go");
        } catch (HeldElsewhere held) {
            System.out.println("refused: " + held.getMessage());
        }
    }
}
