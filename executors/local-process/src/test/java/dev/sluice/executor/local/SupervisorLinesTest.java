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
                new Said.About(
                        new AttemptReport.Ended(
                                "k-1",
                                new Exit.Code(3),
                                1500,
                                2000,
                                new AttemptReport.Usage(0.25, 0.5, 1024),
                                7,
                                null)),
                SupervisorLines.word(
                        "ended k-1 code=3 start=1.500 end=2.000 utime=0.25 stime=0.5 rss=1024"
                                + " log=7"));
    }

    @Test
    void takesAnErrorToTheEndOfTheLine() {
        Said.About word =
                assertInstanceOf(
                        Said.About.class,
                        SupervisorLines.word(
                                "ended k-1 error=- start=1.0 end=1.0 utime=0 stime=0 rss=0 log=0"
                                        + " error=cannot start x: no"));
        assertEquals(
                new Exit.NotStarted("cannot start x: no"),
                assertInstanceOf(AttemptReport.Ended.class, word.report()).exit());
    }

    @Test
    void passesOverWordsThatAreNotAboutAProcess() {
        assertNull(SupervisorLines.word("hello protocol=1 pid=5"));
        assertNull(SupervisorLines.word("error unknown request"));
    }

    @Test
    void readsTheAnswerToAnAdoption() {
        assertEquals(
                new Said.About(new AttemptReport.Started("a-1", 7, 1500)),
                SupervisorLines.word("running a-1 pid=7 at=1.500"));
        assertEquals(
                new Said.Waits("g-1.1", List.of("g-1.0", "g-1.2")),
                SupervisorLines.word("waiting g-1.1 for=g-1.0,g-1.2"));
        assertEquals(new Said.Waits("r-1", List.of()), SupervisorLines.word("waiting r-1 for="));
        assertEquals(new Said.Unknown("x-1"), SupervisorLines.word("unknown x-1"));
        assertEquals(new Said.Listed(), SupervisorLines.word("listed"));
        assertEquals(new Said.Replaced(), SupervisorLines.word("replaced"));
    }

    @Test
    void waitsForTheRestOfALine() {
        SupervisorLines lines = new SupervisorLines();
        assertEquals(List.of(), lines.read(bytes("skipped a\nskipp").slice(10, 5)));
        assertEquals(
                List.of(new Said.About(new AttemptReport.Skipped("b"))),
                lines.read(bytes("ed b\n")));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
