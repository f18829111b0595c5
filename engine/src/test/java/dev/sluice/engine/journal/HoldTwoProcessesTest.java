package dev.sluice.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.schedule.Fact;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Two real processes with feigned host names fight for one run: neither can see whether the other
 * lives. A minute's silence is made three seconds.
 */
@Timeout(120)
class HoldTwoProcessesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir Path workdir;

    private final List<Engine> engines = new ArrayList<>();
    private RunFolder run;

    @BeforeEach
    void makeRun() {
        run = RunFolder.create(workdir, InstantSource.system());
        Journal.create(run.journal(), InstantSource.system()).close();
    }

    @AfterEach
    void killWhatRuns() {
        engines.forEach(engine -> engine.process.destroyForcibly());
    }

    @Test
    void aStoppedHolderIsTakenOverAndWritesNothingMoreOnceItGoesOn() throws Exception {
        Engine first = begin("first");
        assertThat(first.says()).isEqualTo("holds it, epoch 1");
        awaitWordOf("first");

        Engine refused = begin("refused");
        assertThat(refused.says())
                .contains("refused", "is held by process " + first.process.pid(), "on first");

        first.signal("STOP");
        Engine second = begin("second");
        assertThat(second.says()).isEqualTo("holds it, epoch 2");
        awaitWordOf("second");

        first.signal("CONT");
        assertThat(first.says()).isEqualTo("lost it");
        second.end();
        assertThat(second.says()).isEqualTo("lets it go");
        assertThat(second.process.waitFor()).isZero();
        assertWordsAreOf("first", "second");
        assertThat(Hold.standingOf(run)).isEqualTo(Hold.Standing.NOBODY);
    }

    @Test
    void aKilledHolderIsTakenOver() throws Exception {
        Engine first = begin("first");
        assertThat(first.says()).isEqualTo("holds it, epoch 1");
        awaitWordOf("first");
        first.signal("KILL");

        Engine second = begin("second");
        assertThat(second.says()).isEqualTo("holds it, epoch 2");
        awaitWordOf("second");
        second.end();
        assertThat(second.says()).isEqualTo("lets it go");
        assertWordsAreOf("first", "second");
    }

    private void awaitWordOf(String host) {
        await().atMost(PATIENCE).until(() -> !words().isEmpty() && words().getLast().equals(host));
    }

    /** All of the one before all of the other. */
    private void assertWordsAreOf(String before, String after) {
        List<String> words = words();
        int change = words.indexOf(after);
        assertThat(words.subList(0, change)).isNotEmpty().containsOnly(before);
        assertThat(words.subList(change, words.size())).containsOnly(after);
    }

    private List<String> words() {
        return Journal.read(run.journal()).stream()
                .map(entry -> ((Fact.Warned) entry.fact()).message())
                .toList();
    }

    private Engine begin(String host) throws IOException, URISyntaxException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-Dsluice.host=" + host,
                                "-Dsluice.hold.renewal=PT0.3S",
                                "-Dsluice.hold.silence=PT3S",
                                "-cp",
                                placeOf(HoldingProcess.class) + ":" + placeOf(Hold.class),
                                HoldingProcess.class.getName(),
                                workdir.toString(),
                                run.id(),
                                host)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        var engine = new Engine(process, process.inputReader());
        engines.add(engine);
        return engine;
    }

    private static Path placeOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private record Engine(Process process, BufferedReader output) {
        String says() throws IOException {
            return String.valueOf(output.readLine());
        }

        void signal(String name) throws IOException, InterruptedException {
            var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
            assertThat(kill.waitFor()).isZero();
        }

        void end() throws IOException {
            try (var input = process.outputWriter()) {
                input.write("\n");
            }
        }
    }
}
