package dev.sluice.executor.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.journal.Holder;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;

class SupervisorPlaceTest {
    @TempDir Path run;

    /** A clock that nobody waits for, and what happens meanwhile. */
    private final class Meanwhile implements SupervisorPlace.Watch {
        private Duration passed = Duration.ZERO;
        private final Duration beatsAfter;

        Meanwhile(Duration beatsAfter) {
            this.beatsAfter = beatsAfter;
        }

        @Override
        public Duration waited(Duration pause) {
            passed = passed.plus(pause);
            if (passed.compareTo(beatsAfter) >= 0) {
                beat();
            }
            return pause;
        }

        private void beat() {
            try {
                Files.setLastModifiedTime(run.resolve("supervisor.at"), FileTime.fromMillis(1));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static final Duration NEVER = Duration.ofDays(1);

    private void write(String host, String machine, long pid, String started) throws IOException {
        Files.writeString(
                run.resolve("supervisor.at"),
                String.join("\n", host, machine, Long.toString(pid), started, "/s", ""));
    }

    private @Nullable String livesOnHost(Meanwhile watch) {
        return SupervisorPlace.livesOnHost(run, "here boot-1 ns", watch);
    }

    @Test
    void aRunWithoutASupervisorIsNowhere() {
        assertNull(livesOnHost(new Meanwhile(NEVER)));
    }

    @Test
    void aSupervisorOfThisMachineIsNotElsewhere() throws IOException {
        write("here", "here boot-1 ns", 1, "1");
        Meanwhile watch = new Meanwhile(Duration.ZERO);
        assertNull(livesOnHost(watch));
        assertEquals(Duration.ZERO, watch.passed);
    }

    @Test
    void aSupervisorOfAnEarlierBootIsDeadAtOnce() throws IOException {
        write("here", "here boot-0 ns", 1, "1");
        Meanwhile watch = new Meanwhile(Duration.ZERO);
        assertNull(livesOnHost(watch));
        assertEquals(Duration.ZERO, watch.passed);
    }

    @Test
    void aBeatOnAnotherHostShowsThatItLivesThere() throws IOException {
        write("there", "there boot-9 ns", 1, "1");
        Meanwhile watch = new Meanwhile(Duration.ofSeconds(9));
        assertEquals("there", livesOnHost(watch));
        assertTrue(watch.passed.compareTo(Duration.ofSeconds(11)) < 0);
    }

    @Test
    void silenceOnAnotherHostForAMinuteShowsThatItIsDead() throws IOException {
        write("there", "there boot-9 ns", 1, "1");
        Meanwhile watch = new Meanwhile(NEVER);
        assertNull(livesOnHost(watch));
        assertTrue(watch.passed.compareTo(Duration.ofSeconds(60)) >= 0);
    }

    @Test
    void anotherContainerOfThisHostIsWatchedToo() throws IOException {
        write("here", "here boot-1 other-ns", 1, "1");
        assertEquals("here", livesOnHost(new Meanwhile(Duration.ofSeconds(9))));
    }

    @Test
    void oneThatEndsInOrderMeanwhileIsNowhere() throws IOException {
        write("there", "there boot-9 ns", 1, "1");
        assertNull(
                SupervisorPlace.livesOnHost(
                        run,
                        "here boot-1 ns",
                        pause -> {
                            delete();
                            return pause;
                        }));
    }

    private void delete() {
        try {
            Files.deleteIfExists(run.resolve("supervisor.at"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aProcessThatOnlyHasTheSameNumberIsAnother() throws IOException {
        String machine = Holder.self().machine();
        ProcessTable.Seen self = ProcessTable.of(ProcessHandle.current().pid());
        assertNotNull(self);
        write("x", machine, self.pid(), Long.toString(self.started()));
        assertTrue(place().lives());
        write("x", machine, self.pid(), Long.toString(self.started() - 1));
        assertFalse(place().lives());
        write("x", machine + "x", self.pid(), Long.toString(self.started()));
        assertFalse(place().lives());
    }

    private SupervisorPlace place() {
        SupervisorPlace place = SupervisorPlace.read(run);
        assertNotNull(place);
        return place;
    }

    @Test
    void aFileThatSaysSomethingElseIsNoPlace() throws IOException {
        Files.writeString(run.resolve("supervisor.at"), "half\n");
        assertNull(SupervisorPlace.read(run));
        write("a", "b", 1, "c");
        Files.writeString(run.resolve("supervisor.at"), "a\nb\nx\nc\nd\n");
        assertNull(SupervisorPlace.read(run));
    }
}
