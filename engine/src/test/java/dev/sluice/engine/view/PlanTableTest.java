package dev.sluice.engine.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.schedule.Key;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

class PlanTableTest {
    private static final String HEAD = "{\"format\":1,\"plan\":1}\n";
    private static final String ALIGN_A =
            """
            {"k":"aaaa","r":"align","w":{"sample":"A"},"i":["reads/A.fq"],"o":["A.bam"],"n":[]}
            """;
    private static final String ALIGN_B =
            """
            {"k":"bbbb","r":"align","w":{"sample":"B"},"i":["reads/B.fq"],"o":["B.bam"]}
            """;
    private static final String MERGE =
            """
            {"k":"cccc","t":"tttt","r":"merge","w":{},"i":["A.bam","B.bam"],"o":["all.bam"],\
            "n":[0,1],"c":true}
            """;

    @TempDir Path workdir;

    private RunFolder run;

    @BeforeEach
    void makeARun() {
        run = RunFolder.create(workdir, InstantSource.system());
    }

    @Test
    void aPlanIsReadRowByRow() throws IOException {
        write(HEAD + ALIGN_A + ALIGN_B + MERGE);
        PlanTable plan = PlanTable.of(run);
        assertThat(plan.plan()).isEqualTo(1);
        assertThat(plan.rows()).isEqualTo(3);
        assertThat(plan.rules()).containsExactly("align", "merge");
        assertThat(plan.ruleIndex(2)).isEqualTo(1);
        assertThat(plan.rule(1)).isEqualTo("align");
        assertThat(plan.key(1)).isEqualTo(new Key("bbbb"));
        assertThat(plan.row(new Key("cccc"))).isEqualTo(2);
        assertThat(plan.row(new Key("none"))).isEqualTo(-1);
        assertThat(plan.wildcards(0)).containsExactly(Map.entry("sample", "A"));
        assertThat(plan.inputs(2)).containsExactly("A.bam", "B.bam");
        assertThat(plan.outputs(1)).containsExactly("B.bam");
        assertThat(plan.needs(2)).containsExactly(0, 1);
        assertThat(plan.needs(0)).isEmpty();
        assertThat(plan.neededBy(0)).containsExactly(2);
        assertThat(plan.neededBy(2)).isEmpty();
        assertThat(plan.task(0)).isEqualTo(new Key("aaaa"));
        assertThat(plan.task(2)).isEqualTo(new Key("tttt"));
        assertThat(plan.rowsOf(new Key("tttt"))).containsExactly(2);
        assertThat(plan.rowsOf(new Key("aaaa"))).containsExactly(0);
        assertThat(plan.checkpoint(2)).isTrue();
        assertThat(plan.checkpoint(0)).isFalse();
        assertThat(plan.title(0)).isEqualTo("align, sample=A");
    }

    @Test
    void theFirstJobOfATaskIsAmongItsRows() throws IOException {
        write(
                HEAD
                        + ALIGN_A
                        + "{\"k\":\"dddd\",\"t\":\"aaaa\",\"r\":\"sort\",\"w\":{},\"i\":[],\"o\":[]}\n");
        assertThat(PlanTable.of(run).rowsOf(new Key("aaaa"))).containsExactly(0, 1);
    }

    @Test
    void withoutAFileThereAreNoRows() {
        PlanTable plan = PlanTable.of(run);
        assertThat(plan.plan()).isZero();
        assertThat(plan.rows()).isZero();
        assertThat(plan.poll()).isFalse();
    }

    @Test
    void readingStopsAtTheLastWholeLineAndGoesOnThere() throws IOException {
        write(HEAD + ALIGN_A + ALIGN_B.substring(0, 20));
        PlanTable plan = PlanTable.of(run);
        assertThat(plan.rows()).isEqualTo(1);
        assertThat(plan.poll()).isFalse();
        append(ALIGN_B.substring(20));
        long before = plan.version();
        assertThat(plan.poll()).isTrue();
        assertThat(plan.version()).isGreaterThan(before);
        assertThat(plan.outputs(1)).containsExactly("B.bam");
    }

    @Test
    void aCheckpointAddsRemovesAndRewires() throws IOException {
        write(HEAD + ALIGN_A + MERGE.replace("[0,1]", "[0]"));
        PlanTable plan = PlanTable.of(run);
        assertThat(plan.neededBy(0)).containsExactly(1);
        append("{\"change\":true,\"removed\":[0]}\n" + ALIGN_B + "{\"row\":1,\"n\":[2]}\n");
        assertThat(plan.poll()).isTrue();
        assertThat(plan.removed(0)).isTrue();
        assertThat(plan.removed(1)).isFalse();
        assertThat(plan.row(new Key("bbbb"))).isEqualTo(2);
        assertThat(plan.needs(1)).containsExactly(2);
        assertThat(plan.neededBy(0)).isEmpty();
        assertThat(plan.neededBy(2)).containsExactly(1);
        append("{\"row\":0,\"n\":[]}\n");
        assertThat(plan.poll()).isTrue();
        assertThat(plan.removed(0)).as("it came back").isFalse();
    }

    @Test
    void anotherFileInItsPlaceIsReadFromItsBegin() throws IOException {
        write(HEAD + ALIGN_A + ALIGN_B);
        PlanTable plan = PlanTable.of(run);
        String before = plan.fingerprint();
        replace(HEAD.replace("1}", "2}") + MERGE.replace("[0,1]", "[]") + ALIGN_A);
        assertThat(plan.poll()).isTrue();
        assertThat(plan.plan()).isEqualTo(2);
        assertThat(plan.rows()).isEqualTo(2);
        assertThat(plan.rules()).containsExactly("merge", "align");
        assertThat(plan.row(new Key("bbbb"))).isEqualTo(-1);
        assertThat(plan.fingerprint()).isNotEqualTo(before);
        assertThat(plan.fingerprint()).isEqualTo(PlanTable.of(run).fingerprint());
    }

    @Test
    void anotherFileOfTheSameSizeIsNoticedToo() throws IOException {
        write(HEAD + ALIGN_A);
        PlanTable plan = PlanTable.of(run);
        replace(HEAD + ALIGN_B);
        assertThat(plan.poll()).isTrue();
        assertThat(plan.key(0)).isEqualTo(new Key("bbbb"));
    }

    @Test
    void aFileThatIsRemovedTakesItsRowsAway() throws IOException {
        write(HEAD + ALIGN_A);
        PlanTable plan = PlanTable.of(run);
        Files.delete(file());
        assertThat(plan.poll()).isTrue();
        assertThat(plan.rows()).isZero();
        assertThat(plan.poll()).isFalse();
    }

    @Test
    void whatNobodyUnderstandsEndsTheTable() throws IOException {
        for (String bad :
                List.of("{\"k\":\n", "nonsense\n", "[1]\n", ALIGN_A, "{\"k\":\"x\",\"i\":5}\n")) {
            replace(HEAD + ALIGN_A + bad + ALIGN_B);
            assertThat(PlanTable.of(run).rows()).as(bad).isEqualTo(1);
        }
        replace(HEAD.replace("\"format\":1", "\"format\":2") + ALIGN_A);
        assertThat(PlanTable.of(run).rows()).isZero();
        assertThat(PlanTable.of(run).plan()).isZero();
    }

    @Test
    void fieldsOfALaterVersionAreReadOver() throws IOException {
        write(HEAD + ALIGN_A.replace("\"r\":", "\"new\":{\"a\":[1]},\"r\":") + ALIGN_B);
        assertThat(PlanTable.of(run).rows()).isEqualTo(2);
    }

    @Test
    void linesLongerThanAnyBufferAreReadAndNothingIsLostBetweenBuffers() throws IOException {
        var text = new StringBuilder(HEAD);
        var inputs = new StringBuilder();
        int jobs = 20_000;
        for (int job = 0; job < jobs; job++) {
            text.append("{\"k\":\"key")
                    .append(job)
                    .append("\",\"r\":\"make\",\"w\":{\"n\":\"")
                    .append(job)
                    .append("\"},\"i\":[],\"o\":[\"out/numbér-")
                    .append(job)
                    .append(".txt\"]}\n");
            inputs.append(job == 0 ? "" : ",")
                    .append("\"out/a-long-enough-folder-name-for-this/numbér-")
                    .append(job)
                    .append(".txt\"");
        }
        text.append("{\"k\":\"all\",\"r\":\"all\",\"w\":{},\"i\":[")
                .append(inputs)
                .append("],\"o\":[]}\n");
        write(text.toString());
        PlanTable plan = PlanTable.of(run);
        assertThat(plan.rows()).isEqualTo(jobs + 1);
        assertThat(plan.outputs(jobs - 1)).containsExactly("out/numbér-19999.txt");
        assertThat(plan.inputs(jobs)).hasSize(jobs);
        assertThat(plan.row(new Key("key12345"))).isEqualTo(12345);
    }

    private Path file() {
        return run.path().resolve("plan");
    }

    private void write(String text) throws IOException {
        Files.writeString(file(), text);
    }

    private void append(String text) throws IOException {
        Files.writeString(file(), text, StandardOpenOption.APPEND);
    }

    private void replace(String text) throws IOException {
        Path next = file().resolveSibling("plan.new");
        Files.writeString(next, text);
        Files.move(
                next, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
