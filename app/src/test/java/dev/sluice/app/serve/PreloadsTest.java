package dev.sluice.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

final class PreloadsTest {
    private static final Pattern MODULE =
            Pattern.compile("</app/([^>]+)>; rel=modulepreload(?:, |$)");

    private final Map<String, String> files = new LinkedHashMap<>();

    private String linkOf(String path) {
        return new Preloads(files::get, false).linkOf(path);
    }

    private static List<String> modules(String link) {
        return MODULE.matcher(link).results().map((MatchResult one) -> one.group(1)).toList();
    }

    @Test
    void namesEachModuleThatIsImportedOnceAndNoneThatIsLoadedLater() {
        files.put("main.js", "import { start } from \"./router.js\";\n");
        files.put("router.js", "load: () => import(\"./job.js\")\nimport \"./dom.js\";\n");
        files.put("run.js", "import {\n  a,\n} from \"./run/a.js\";\nimport \"./dom.js\";");
        files.put("run/a.js", "import \"./b.js\"; export { h } from \"../dom.js\";");
        files.put("run/b.js", "import \"./a.js\";");
        files.put("dom.js", "");
        files.put("job.js", "");

        assertThat(modules(linkOf("/runs/20261124-155856-768")))
                .containsExactly(
                        "main.js", "run.js", "router.js", "run/a.js", "dom.js", "run/b.js");
        assertThat(modules(linkOf("/runs/x/jobs/y"))).contains("job.js").doesNotContain("run.js");
    }

    @Test
    void thePageOfARunNamesItsSnapshotBehindWhatItCannotPaintWithout() {
        files.put(
                "index.html",
                "<script src=\"/app/theme.js\"></script><link rel=\"stylesheet\""
                        + " href=\"/app/a.css\"><script type=\"module\""
                        + " src=\"/app/main.js\"></script>");
        files.put("main.js", "");

        assertThat(linkOf("/runs/20261124-155856-768"))
                .isEqualTo(
                        "</app/theme.js>; rel=preload; as=script, </app/a.css>; rel=preload;"
                            + " as=style, </api/v1/runs/20261124-155856-768/snapshot>; rel=preload;"
                            + " as=fetch; crossorigin, </app/main.js>; rel=modulepreload");
        assertThat(linkOf("/runs/20261124-155856-768/jobs/x")).doesNotContain("snapshot");
    }

    @Test
    void aNameThatIsNoRunsIsNeverRepeated() {
        assertThat(linkOf("/runs/a>;b")).isEmpty();
        assertThat(linkOf("/runs/a\r\nX: y")).isEmpty();
    }

    @Test
    void ofThePageAsItIsNoModuleIsMissing() throws IOException {
        Path web =
                Path.of(System.getProperty("sluice.project.dir", "..")).resolve("app/src/main/web");
        var preloads =
                new Preloads(
                        name -> {
                            try {
                                return Files.readString(web.resolve(name));
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        },
                        false);

        List<String> modules = modules(preloads.linkOf("/runs/20261124-155856-768"));

        try (var parts = Files.list(web.resolve("run"))) {
            assertThat(modules)
                    .doesNotHaveDuplicates()
                    .containsAll(parts.map(file -> "run/" + file.getFileName()).toList());
        }
    }
}
