package dev.sluice.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import dev.sluice.app.runs.RunSketch;
import dev.sluice.engine.schedule.Key;
import dev.sluice.engine.schedule.RunOutcome;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** A report of a run of two rules, one job of which failed; and of runs that are none of that. */
class ReportTest {
    private static final long NOW = RunSketch.BEGIN.toEpochMilli() + 60_000;
    private static final String HOSTILE = "</script><img src=x onerror=alert(1)><!--\u2028\"'&";

    @TempDir private Path folder;

    @BeforeAll
    static void pageOfTheSources() {
        // Where the build has not packed the page yet.
        if (ReportTest.class.getResource("/web/report.js") == null) {
            String project = System.getProperty("sluice.project.dir", "..");
            System.setProperty("sluice.web.dir", project + "/app/src/main/web");
        }
    }

    @Test
    void theDataComesBackAsTheJournalHasIt() throws Exception {
        String html = html(failedRun(), "Weekly");
        Map<String, Object> data = data(html);

        assertThat(data).containsEntry("title", "Weekly").containsEntry("version", "1.2.3");
        assertThat(of(data, "run")).containsEntry("state", "failed").containsEntry("done", 1L);
        assertThat(of(data, "jobs"))
                .containsEntry("keys", List.of("aaaaaaaa", "bbbbbbbb", "cccccccc"))
                .containsEntry(
                        "wildcards",
                        List.of(
                                Map.of("sample", "A"),
                                Map.of("sample", "B"),
                                Map.of("sample", "all")))
                .containsEntry("failures", Map.of("1", "exit code 3"));
        assertThat(of(data, "logs")).containsEntry("bbbbbbbb 2", "it went\nwrong here\n");
        assertThat(of(data, "graph").toString())
                .contains("from=align, to=report")
                .contains("total=2");
        assertThat(String.valueOf(data.get("use")))
                .contains("rule=align, jobs=1")
                .contains("middle=1.5");
    }

    @Test
    void theColumnsAreThoseOfTheSnapshot() throws Exception {
        ByteBuffer columns =
                ByteBuffer.wrap(packed(html(failedRun(), ""), "run-columns"))
                        .order(ByteOrder.LITTLE_ENDIAN);

        byte[] magic = new byte[4];
        columns.get(magic);
        assertThat(new String(magic, StandardCharsets.US_ASCII)).isEqualTo("SLU1");
        int length = columns.getInt();
        assertThat(length % 4).isZero();
        columns.position(8 + length);
        byte[] states = new byte[3];
        columns.get(states);
        // Finished, failed, and one that waited for both.
        assertThat(states).containsExactly(5, 6, 0);
        assertThat(columns.limit()).isEqualTo(8 + length + 3 * 4 + 8 + 3 * 3 * 4);
    }

    @Test
    void nothingInItLeadsElsewhere() throws Exception {
        String html = html(failedRun(), "Weekly");

        assertThat(html).doesNotContainPattern("(?i)\\b(src|href)\\s*=|url\\(|@import");
        assertThat(html).contains("default-src 'none'").doesNotContain("'unsafe-inline'");
        String page = html.replaceAll("base64,[A-Za-z0-9+/=]+", "base64,");
        assertThat(page).doesNotContainPattern("https?://");
    }

    @Test
    void everyModuleThatIsImportedStandsInTheMap() {
        String map = PageModules.from("report.js").importMap();
        Map<String, Object> imports = of(object(map), "imports");

        assertThat(imports).containsKeys("sluice/report.js", "sluice/run/gantt.js");
        assertThat(imports).containsKey("sluice/report/api.js");
        assertThat(imports).doesNotContainKeys("sluice/api.js", "sluice/router.js");
        for (Object module : imports.values()) {
            String url = (String) module;
            String text =
                    new String(
                            Base64.getDecoder().decode(url.substring(url.indexOf(',') + 1)),
                            StandardCharsets.UTF_8);
            assertThat(text).doesNotContainPattern("\"\\.\\.?/[^\"]*\\.js\"");
            var names = Pattern.compile("\\bfrom \"([^\"]+)\"").matcher(text);
            while (names.find()) {
                assertThat(imports).containsKey(names.group(1));
            }
        }
    }

    @Test
    void namesThatAreMarkupStayNames() throws Exception {
        try (RunSketch sketch = RunSketch.planned(folder, 1)) {
            RunSketch.Job job = job("aaaaaaaa", HOSTILE, HOSTILE);
            sketch.running(job, 1).printed(job, 1, HOSTILE + "\n").failed(job, 1);
            sketch.ended(RunOutcome.FAILED);
            String html = html(sketch, HOSTILE);

            assertThat(html).doesNotContain("<img").doesNotContain("onerror=alert(1)>");
            assertThat(html.split("</script>", -1)).hasSize(5);
            Map<String, Object> data = data(html);
            assertThat(data).containsEntry("title", HOSTILE);
            assertThat(of(data, "logs")).containsEntry("aaaaaaaa 1", HOSTILE + "\n");
        }
    }

    @Test
    void aLogThatLeadsOutOfTheFolderIsNotRead(@TempDir Path elsewhere) throws Exception {
        Path secret = Files.writeString(elsewhere.resolve("secret"), "the secret\n");
        try (RunSketch sketch = RunSketch.planned(folder, 1)) {
            RunSketch.Job job = RunSketch.Job.align("A");
            sketch.running(job, 1).printed(job, 1, "x").failed(job, 1);
            Path log = sketch.run().logs().resolve(job.key() + "-1");
            Files.delete(log);
            Files.createSymbolicLink(log, secret);

            assertThat(of(data(html(sketch, "")), "logs")).isEmpty();
        }
    }

    @Test
    void aRunThatGoesOnIsToldAsItIs() throws Exception {
        try (RunSketch sketch = RunSketch.planned(folder, 2)) {
            sketch.running(RunSketch.Job.align("A"), 1);

            Map<String, Object> data = data(html(sketch, ""));
            assertThat(data).containsEntry("title", "Run " + sketch.id());
            assertThat(of(data, "run")).containsEntry("total", 2L).containsEntry("ended", null);
        }
    }

    @Test
    void whatIsTooMuchIsLeftOutAndSaid() throws Exception {
        try (RunSketch sketch = RunSketch.planned(folder, 50)) {
            for (int i = 0; i < 50; i++) {
                RunSketch.Job job = job("%08d".formatted(i), "s" + i, "out/" + i);
                sketch.running(job, 1).finished(job, 1);
            }
            var bytes = new ByteArrayOutputStream();
            Report.of(sketch.run(), "", "1.2.3", NOW, 300).writeTo(bytes);

            Map<String, Object> data = data(bytes.toString(StandardCharsets.UTF_8));
            assertThat((List<?>) of(data, "jobs").get("keys")).hasSize(50);
            assertThat((List<?>) of(data, "jobs").get("outputs")).hasSizeLessThan(50);
            assertThat(String.valueOf(data.get("left_out")))
                    .contains("Outputs of ")
                    .contains("50 jobs");
        }
    }

    private RunSketch failedRun() throws IOException {
        RunSketch sketch = RunSketch.planned(folder, 3);
        RunSketch.Job good = RunSketch.Job.align("A");
        RunSketch.Job bad = RunSketch.Job.align("B");
        Files.writeString(
                sketch.run().plan(),
                """
                {"format":1,"plan":1}
                {"k":"aaaaaaaa","r":"align","w":{"sample":"A"},"i":["a"],"o":["out/A.bam"],"n":[]}
                {"k":"bbbbbbbb","r":"align","w":{"sample":"B"},"i":["b"],"o":["out/B.bam"],"n":[]}
                {"k":"cccccccc","r":"report","w":{"sample":"all"},"i":[],"o":["all"],"n":[0,1]}
                """);
        sketch.running(good, 1).finished(good, 1);
        sketch.running(bad, 1).failedOnce(bad, 1);
        sketch.running(bad, 2).printed(bad, 2, "it went\nwrong here\n").failed(bad, 2);
        sketch.ended(RunOutcome.FAILED);
        return sketch;
    }

    static RunSketch.Job job(String key, String sample, String output) {
        var wildcards = new LinkedHashMap<String, String>();
        wildcards.put("sample", sample);
        return new RunSketch.Job(new Key(key), "align", wildcards, List.of(output));
    }

    private static String html(RunSketch sketch, String title) throws IOException {
        var bytes = new ByteArrayOutputStream();
        Report.of(sketch.run(), title, "1.2.3", NOW).writeTo(bytes);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static byte[] packed(String html, String id) throws IOException {
        var block = Pattern.compile("id=\"" + id + "\">([A-Za-z0-9+/=]+)</script>").matcher(html);
        assertThat(block.find()).isTrue();
        byte[] bytes = Base64.getDecoder().decode(block.group(1));
        return new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
    }

    private static Map<String, Object> data(String html) throws IOException {
        return object(new String(packed(html, "run-data"), StandardCharsets.UTF_8));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> of(Map<String, Object> object, String field) {
        return (Map<String, Object>) object.getOrDefault(field, Map.of());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(String text) {
        try (JsonParser json = new JsonFactory().createParser(text)) {
            json.nextToken();
            return (Map<String, Object>) java.util.Objects.requireNonNull(value(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Object value(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT -> {
                var object = new LinkedHashMap<String, @Nullable Object>();
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String name = json.currentName();
                    json.nextToken();
                    object.put(name, value(json));
                }
                yield object;
            }
            case START_ARRAY -> {
                var list = new ArrayList<@Nullable Object>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(json));
                }
                yield list;
            }
            case VALUE_NUMBER_INT -> json.getLongValue();
            case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> json.getText();
        };
    }
}
