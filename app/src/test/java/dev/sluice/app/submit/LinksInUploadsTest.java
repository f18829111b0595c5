package dev.sluice.app.submit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Links may point around in a bundle, and nowhere else, by whatever way. */
class LinksInUploadsTest {
    private static final String LEAVES = "A link leaves the bundle";
    private static final String CONTRADICTION = "Paths of the bundle contradict each other";

    @TempDir Path folder;
    private Uploads uploads;

    @BeforeEach
    void aServer() throws IOException {
        uploads = new Uploads(folder);
    }

    @ParameterizedTest
    @CsvSource({
        "../outside, leads out",
        "/etc/passwd, leads to the absolute path",
        "data/../../outside, leads out",
        "nothing/../../outside, goes up from what is no folder",
        "Snakefile/../../outside, goes up from what is no folder",
        ".snakemake/metadata, leads into `.snakemake`",
        ".sluice, leads into `.sluice`",
        ".git/hooks/post-checkout, leads into `.git`"
    })
    void aLinkThatLeaves(String target, String words) throws IOException {
        var tar = TarSketch.workflow().file("data/a", "").link("bad", target);
        uploads.refuses(tar.gzipped(), 422, LEAVES, "`bad` " + words);
        var zip = new ZipSketch().file("Snakefile", "").file("data/a", "").link("bad", target);
        uploads.refuses(zip.bytes(), 422, LEAVES, "`bad` " + words);
    }

    @Test
    void aLinkThatLeavesThroughAnother() throws IOException {
        // Each for itself stays inside: `a/up` is the top, `out` goes up from there.
        var tar = TarSketch.workflow().link("a/up", "..").link("out", "a/up/../outside");
        uploads.refuses(tar.gzipped(), 422, LEAVES, "`out` leads out");
        var chain =
                TarSketch.workflow()
                        .file("a/b/c/x", "")
                        .link("deep", "a/b/c")
                        .link("mid", "deep/../..")
                        .link("out", "mid/../../outside");
        uploads.refuses(chain.gzipped(), 422, LEAVES, "`out` leads out");
    }

    @Test
    void theOrderOfLinksDoesNotMatter() throws IOException {
        var tar = TarSketch.workflow().link("a", "b/../outside").link("b", ".");
        uploads.refuses(tar.gzipped(), 422, LEAVES, "`a` leads out");
    }

    @Test
    void linksInACircle() throws IOException {
        var tar = TarSketch.workflow().link("a", "b").link("b", "a");
        uploads.refuses(tar.gzipped(), 422, LEAVES, "in a circle");
    }

    @Test
    void nothingIsWrittenThroughALink() throws IOException {
        var outwards = TarSketch.workflow().link("a", "..").file("a/outside", "overwritten");
        uploads.refuses(
                outwards.gzipped(), 422, CONTRADICTION, "written through the link `a` to `..`");
        var inwards = TarSketch.workflow().link("a", "b").file("a/x", "").file("b/x", "");
        uploads.refuses(inwards.gzipped(), 422, CONTRADICTION, "written through the link `a`");
        var later = TarSketch.workflow().file("a/x", "").link("a", "..");
        uploads.refuses(later.gzipped(), 422, CONTRADICTION, "`a` stands in it twice");
        var over = TarSketch.workflow().link("a", "../outside").file("a", "overwritten");
        uploads.refuses(over.gzipped(), 422, CONTRADICTION, "`a` stands in it twice");
    }

    @ParameterizedTest
    @CsvSource({"../outside, BAD", "/etc/passwd, BAD", "absent, LINK", "soft, LINK"})
    void aHardLinkToWhatIsNotInTheBundle(String target, String title) throws IOException {
        var tar = TarSketch.workflow().link("soft", "Snakefile").hardLink("hard", target);
        uploads.refuses(
                tar.gzipped(),
                422,
                title.equals("BAD") ? "A path of the bundle is not allowed" : LEAVES);
    }

    @Test
    void aLinkOutOfTheOnlyFolderThatIsTakenAway() throws IOException {
        var tar = new TarSketch().file("flow/Snakefile", "").link("flow/a", "../flow/Snakefile");
        uploads.refuses(tar.gzipped(), 422, LEAVES, "`a` leads out");
    }

    @Test
    void linksInsideAreMade() throws IOException {
        var tar =
                TarSketch.workflow()
                        .file("data/v2/x", "two")
                        .link("data/latest", "v2")
                        .link("results/in", "../data/latest/x")
                        .link("later", "results/made-by-a-job")
                        .hardLink("data/same", "data/v2/x");
        uploads.take(tar.gzipped());
        Path work = uploads.into();
        assertThat(Files.readSymbolicLink(work.resolve("data/latest"))).hasToString("v2");
        assertThat(work.resolve("results/in")).hasContent("two");
        assertThat(work.resolve("data/same")).hasContent("two");
        assertThat(work.resolve("later")).isSymbolicLink();
    }

    @Test
    void linksInAZipAreMade() throws IOException {
        var zip = new ZipSketch().file("flow/rules.smk", "x").link("Snakefile", "flow/rules.smk");
        assertThat(uploads.take(zip.bytes()).snakefile()).isEqualTo("Snakefile");
        assertThat(uploads.into().resolve("Snakefile")).isSymbolicLink().hasContent("x");
    }
}
