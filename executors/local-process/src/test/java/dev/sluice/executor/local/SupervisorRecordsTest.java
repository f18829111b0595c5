package dev.sluice.executor.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.sluice.engine.execute.AttemptReport;
import dev.sluice.engine.execute.Exit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

class SupervisorRecordsTest {
    private static final String FIGURES =
            " start=1.000 end=2.000 utime=0.5 stime=0.1 rss=100 log=0\n";

    @TempDir Path run;

    @BeforeEach
    void makeLogs() throws IOException {
        Files.createDirectories(run.resolve("logs"));
    }

    private AttemptReport lastWord(String text, String process) throws IOException {
        Files.writeString(run.resolve("supervisor"), text);
        return SupervisorRecords.read(run, Set.of(process)).lastWord(process, "why");
    }

    private Exit end(String text, String process) throws IOException {
        return assertInstanceOf(AttemptReport.Ended.class, lastWord(text, process)).exit();
    }

    @Test
    void knowsAnEnd() throws IOException {
        String text = "started a-1 pid=7 at=1.000\nended a-1 code=3" + FIGURES;
        assertEquals(new Exit.Code(3), end(text, "a-1"));
        assertEquals(new AttemptReport.Skipped("b-1"), lastWord("skipped b-1\n", "b-1"));
    }

    @Test
    void aStartWithoutAnEndIsLost() throws IOException {
        assertEquals(
                new AttemptReport.Lost("a-1", "why"),
                lastWord("started a-1 pid=7 at=1.000\n", "a-1"));
    }

    @Test
    void whatLeftNoTraceNeverStarted() throws IOException {
        assertEquals(
                new AttemptReport.NeverStarted("b-1"),
                lastWord("started a-1 pid=7 at=1.000\n", "b-1"));
        assertEquals(
                new AttemptReport.NeverStarted("b-1"),
                SupervisorRecords.read(run.resolve("nowhere"), Set.of("b-1"))
                        .lastWord("b-1", "why"));
    }

    @Test
    void aLogShowsThatItHadBegun() throws IOException {
        Files.createFile(run.resolve("logs/b-1"));
        assertEquals(new AttemptReport.Lost("b-1", "why"), lastWord("", "b-1"));
    }

    @Test
    void aLineThatWasCutShortSaysNothing() throws IOException {
        String started = "started a-1 pid=7 at=1.000\n";
        AttemptReport lost = new AttemptReport.Lost("a-1", "why");
        String ended = "ended a-1 code=127" + FIGURES;
        for (int length = 0; length < ended.length() - 1; length++) {
            String torn = started + ended.substring(0, length);
            assertEquals(lost, lastWord(torn, "a-1"));
            assertEquals(lost, lastWord(torn + "\0\nended b-1 code=0" + FIGURES, "a-1"));
        }
        assertEquals(
                new AttemptReport.NeverStarted("a-1.1"),
                lastWord("skipped a-1.1\0\nskipped a-1.10\n", "a-1.1"));
    }

    @Test
    void readsOneOfManyAcrossAllItsChunks() throws IOException {
        StringBuilder text = new StringBuilder();
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < 20_000; i++) {
            text.append("ended m").append(i).append("-1 code=").append(i % 200).append(FIGURES);
            names.add("m" + i + "-1");
        }
        Files.writeString(run.resolve("supervisor"), text);
        SupervisorRecords records = SupervisorRecords.read(run, names);
        for (int i = 0; i < 20_000; i++) {
            AttemptReport report = records.lastWord("m" + i + "-1", "why");
            assertEquals(
                    new Exit.Code(i % 200),
                    assertInstanceOf(AttemptReport.Ended.class, report).exit());
        }
    }

    @Test
    void passesOverLinesThatMakeNoSense() throws IOException {
        for (String line :
                List.of("", " ", "a-1", "ended a-1", "ended a-1 code=x", "ended a-1 z")) {
            String text = line + "\nended a-1 code=3" + FIGURES;
            assertEquals(new Exit.Code(3), end(text, "a-1"), line);
        }
    }
}
