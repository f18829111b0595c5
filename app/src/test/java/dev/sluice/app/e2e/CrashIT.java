package dev.sluice.app.e2e;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/**
 * The real program is killed again and again in the middle of 200 short jobs, and goes on each time
 * with one command. How often is {@code -Dsluice.crash.kills=30}; the moments come from {@code
 * -Dsluice.crash.seed}, which a failure names.
 */
final class CrashIT {
    private static final int KILLS = Integer.getInteger("sluice.crash.kills", 8);
    private static final long SEED = Long.getLong("sluice.crash.seed", System.nanoTime());

    @TempDir private Path temp;

    @Test
    void resumeAdoptsWhatRanWhenTheEngineWasKilled(TestReporter reporter) {
        reporter.publishEntry(storm(KillStorm.Victim.ENGINE).over("resume"));
    }

    @Test
    void aPlainRunAdoptsWhatRanWhenTheEngineWasKilled(TestReporter reporter) {
        reporter.publishEntry(storm(KillStorm.Victim.ENGINE).over("run"));
    }

    @Test
    void whenTheSupervisorsAreKilledTooOnlyWhatRanRunsAgain(TestReporter reporter) {
        reporter.publishEntry(storm(KillStorm.Victim.ALL).over("resume"));
    }

    private KillStorm storm(KillStorm.Victim victim) {
        return new KillStorm(new Sandbox(temp), victim, KILLS, SEED);
    }
}
