package dev.sluice.executor.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.execute.AttemptReport;
import dev.sluice.engine.execute.Exit;
import dev.sluice.engine.execute.HeardReports;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

class SupervisorStartTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private static final Supervisors.Seeker ANYBODY =
            new Supervisors.Seeker() {
                @Override
                public boolean wants() {
                    return true;
                }

                @Override
                public Supervisor connect(Path socket) throws IOException {
                    return Supervisor.connect(socket);
                }
            };

    @TempDir Path workdir;
    private LocalRun run;
    private final HeardReports heard = new HeardReports();

    @BeforeEach
    void makeRunFolder() throws IOException {
        run = LocalRun.in(workdir);
    }

    private LocalSettings with(String python) {
        LocalSettings settings = run.settings();
        return new LocalSettings(workdir, run.folder(), settings.pythonFolder(), python, List::of);
    }

    private String script(String text) throws IOException {
        Path script = workdir.resolve("python");
        Files.writeString(script, "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script.toString();
    }

    private String whyNot(String python, Duration patience) {
        IOException e =
                assertThrows(
                        IOException.class,
                        () -> Supervisor.start(with(python), "m", patience, ANYBODY));
        return String.valueOf(e.getMessage());
    }

    @Test
    void waitsOnlySoLongForOneThatSaysNothing() throws IOException {
        String why = whyNot(script("exec sleep 600"), Duration.ofMillis(300));
        assertEquals("it was not ready in time", why);
    }

    @Test
    void sendsToTheLogOfOneThatJustEnds() throws IOException {
        String why = whyNot(script("echo no module >&2; exit 1"), LONG);
        assertTrue(why.contains("supervisor.log"), why);
        assertEquals("no module\n", Files.readString(run.folder().resolve("supervisor.log")));
    }

    @Test
    void saysWhatStoodInTheWay() throws IOException {
        Files.createDirectory(run.folder().resolve("supervisor"));
        String why = whyNot("python3", LONG);
        assertTrue(why.contains("directory") && why.contains("run/supervisor"), why);
    }

    @Test
    void whereNoneCanStartAnAdoptionIsAnsweredFromTheRecords() throws IOException {
        Files.writeString(
                run.folder().resolve("supervisor"),
                """
                ended a-1 code=3 start=1.0 end=2.0 utime=0 stime=0 rss=1 log=0
                started b-1 pid=1 at=1.0
                """);
        try (LocalExecutor executor = LocalExecutor.start(with("no-such-python"), heard)) {
            LocalRun.adopt(executor, "a-1", "b-1", "c-1");
            LocalRun.submit(executor, LocalRun.task("d-1", "true"));
            assertEquals(new Exit.Code(3), heard.awaitEnd("a-1").exit());
            assertInstanceOf(AttemptReport.Lost.class, heard.awaitLastWord("b-1"));
            assertInstanceOf(AttemptReport.NeverStarted.class, heard.awaitLastWord("c-1"));
            assertInstanceOf(Exit.NotStarted.class, heard.awaitEnd("d-1").exit());
        }
    }

    @Test
    void oneThatDoesNotAnswerIsNotWaitedForAllDay() throws Exception {
        LocalExecutor executor = run.start(heard);
        LocalRun.submit(executor, LocalRun.task("a-1", "sleep 300"));
        heard.awaitStart("a-1");
        SupervisorPlace place = SupervisorPlace.read(run.folder());
        executor.close();
        assertTrue(place != null && place.lives());
        signal("STOP", place.pid());
        IOException e =
                assertThrows(
                        IOException.class,
                        () -> Supervisor.attach(place, Duration.ofMillis(300), ANYBODY));
        assertEquals("it does not answer", e.getMessage());
        signal("CONT", place.pid());
        new Leftovers(run.folder()).stop(Duration.ofSeconds(2));
    }

    private static void signal(String name, long pid) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    }
}
