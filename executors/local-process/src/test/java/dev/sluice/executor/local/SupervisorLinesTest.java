package dev.sluice.executor.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sluice.engine.execute.AttemptReport;
import dev.sluice.engine.execute.Exit;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

class SupervisorLinesTest {
    @Test
    void readsAnEnd() {
        assertEquals(
                new AttemptReport.Ended(
                        "k-1",
                        new Exit.Code(3),
                        1500,
                        2000,
                        new AttemptReport.Usage(0.25, 0.5, 1024),
                        7,
                        null),
                SupervisorLines.report(
                        "ended k-1 code=3 start=1.500 end=2.000 utime=0.25 stime=0.5 rss=1024"
                                + " log=7"));
    }

    @Test
    void takesAnErrorToTheEndOfTheLine() {
        AttemptReport report =
                SupervisorLines.report(
                        "ended k-1 error=- start=1.0 end=1.0 utime=0 stime=0 rss=0 log=0"
                                + " error=cannot start x: no");
        assertEquals(
                new Exit.NotStarted("cannot start x: no"),
                assertInstanceOf(AttemptReport.Ended.class, report).exit());
    }

    @Test
    void passesOverWordsThatAreNotAboutAProcess() {
        assertNull(SupervisorLines.report("hello protocol=1 pid=5"));
        assertNull(SupervisorLines.report("listed"));
    }

    @Test
    void waitsForTheRestOfALine() {
        SupervisorLines lines = new SupervisorLines();
        assertEquals(List.of(), lines.read(bytes("skipped a\nskipp").slice(10, 5)));
        assertEquals(List.of(new AttemptReport.Skipped("b")), lines.read(bytes("ed b\n")));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
