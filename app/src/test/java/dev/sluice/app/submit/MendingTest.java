package dev.sluice.app.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Files that are put into a working folder in use. */
class MendingTest {
    private static final FileTime LONG_AGO = FileTime.from(TarSketch.TIME);

    @TempDir Path folder;
    private Path home;
    private Path work;

    @BeforeEach
    void aRunThatFailed() throws IOException {
        home = Files.createDirectory(folder.resolve("home"));
        work = Files.createDirectory(home.resolve("work"));
        Files.writeString(folder.resolve("outside"), "untouched");
        write("Snakefile", "rule all:\n");
        write("data/v1/a.csv", "a");
        write("data/v1/b.csv", "b");
        write(".sluice/runs/1/journal", "facts");
        Files.createSymbolicLink(work.resolve("data/now"), Path.of("v1"));
        Files.createSymbolicLink(work.resolve("ref"), folder);
        Files.createSymbolicLink(work.resolve("own"), Path.of(".sluice"));
        Files.createSymbolicLink(work.resolve("gone"), Path.of("nowhere"));
    }

    private void write(String path, String content) throws IOException {
        Path file = work.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, LONG_AGO);
    }

    private List<String> mend(TarSketch tar) throws IOException {
        return mend(tar.gzipped(), "bundle.tgz");
    }

    private List<String> mend(byte[] bytes, String name) throws IOException {
        Path upload = Files.write(folder.resolve("upload"), bytes);
        return Unpacking.unpackOver(upload, name, work, Uploads.QUOTA);
    }

    private void refuses(TarSketch tar, String title, String words) throws IOException {
        Map<String, String> before = all();
        byte[] bytes = tar.gzipped();
        BadBundle bad = catchThrowableOfType(BadBundle.class, () -> mend(bytes, "x.tgz"));
        assertThat(bad).isNotNull();
        assertThat(bad.status()).isEqualTo(422);
        assertThat(bad.title()).isEqualTo(title);
        assertThat(bad.detail()).contains(words);
        assertThat(all()).isEqualTo(before);
        assertThat(folder.resolve("outside")).hasContent("untouched");
    }

    /** Each path with what is there and when it changed. */
    private Map<String, String> all() throws IOException {
        var all = new TreeMap<String, String>();
        try (Stream<Path> walk = Files.walk(home)) {
            for (Path path : walk.toList()) {
                String content = Files.isSymbolicLink(path) ? "link " : "";
                if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                    content = Files.readString(path) + Files.getLastModifiedTime(path);
                }
                all.put(home.relativize(path).toString(), content);
            }
        }
        return all;
    }

    @Test
    void replacesAndAddsAndLeavesWhatIsTheSame() throws IOException {
        Instant before = Instant.now();
        List<String> changed =
                mend(
                        new TarSketch()
                                .file("data/v1/a.csv", "mended", 0644, TarSketch.TIME)
                                .file("data/v1/b.csv", "b", 0644, Instant.now())
                                .file("data/v2/new.csv", "new")
                                .link("data/now", "v1")
                                .link("latest", "data/v2"));
        assertThat(changed)
                .containsExactly("data/v1/a.csv", "data/v2", "data/v2/new.csv", "latest");
        assertThat(work.resolve("data/v1/a.csv")).hasContent("mended");
        assertThat(work.resolve("latest/new.csv")).hasContent("new");
        Instant mended = Files.getLastModifiedTime(work.resolve("data/v1/a.csv")).toInstant();
        assertThat(mended).isBetween(before.minusMillis(20), Instant.now().plusMillis(20));
        assertThat(Files.getLastModifiedTime(work.resolve("data/v1/b.csv"))).isEqualTo(LONG_AGO);
        try (Stream<Path> left = Files.list(home)) {
            assertThat(left).containsExactly(work);
        }
    }

    @Test
    void aNewExecutableBitIsAChange() throws IOException {
        assertThat(mend(new TarSketch().file("Snakefile", "rule all:\n", 0755, TarSketch.TIME)))
                .containsExactly("Snakefile");
        assertThat(work.resolve("Snakefile")).isExecutable();
    }

    @Test
    void aTextGoesWhereItsNameSays() throws IOException {
        byte[] text = "a,b\n".getBytes(StandardCharsets.UTF_8);
        assertThat(mend(text, "data/v1/a.csv")).containsExactly("data/v1/a.csv");
        assertThat(work.resolve("data/v1/a.csv")).hasContent("a,b\n");
        BadBundle bad = catchThrowableOfType(BadBundle.class, () -> mend(text, "../outside"));
        assertThat(bad.detail()).contains("leads out");
    }

    @Test
    void theNameOfAnArchiveSaysNothing() throws IOException {
        byte[] tar = new TarSketch().file("data/v1/a.csv", "mended").gzipped();
        assertThat(mend(tar, "C:\\Users\\me\\..\\x.tgz")).containsExactly("data/v1/a.csv");
    }

    @Test
    void aFolderReachedByALinkInsideIsWrittenTo() throws IOException {
        mend(new TarSketch().file("data/now/a.csv", "mended"));
        assertThat(work.resolve("data/v1/a.csv")).hasContent("mended");
        assertThat(work.resolve("data/now")).isSymbolicLink();
    }

    @Test
    void aLinkInTheWayOfAFileIsReplacedNotFollowed() throws IOException {
        Files.createSymbolicLink(work.resolve("input"), folder.resolve("outside"));
        mend(new TarSketch().file("input", "mended"));
        assertThat(work.resolve("input")).hasContent("mended").isRegularFile();
        assertThat(Files.isSymbolicLink(work.resolve("input"))).isFalse();
        assertThat(folder.resolve("outside")).hasContent("untouched");
    }

    @Test
    void nothingIsWrittenThroughALinkThatLeaves() throws IOException {
        String title = "A path of the bundle is not allowed";
        var good = new TarSketch().file("Snakefile", "changed");
        refuses(good.file("ref/outside", "bad"), title, "through the link `ref`");
        refuses(new TarSketch().file("own/runs/1/journal", "bad"), title, "link `own`");
        refuses(new TarSketch().folder("ref", TarSketch.TIME), title, "link `ref`");
    }

    @Test
    void aNewLinkIsJudgedWithTheLinksThatAreThere() throws IOException {
        String title = "A link leaves the bundle";
        refuses(new TarSketch().link("bad", "ref/outside"), title, "`bad` leads to the absolute");
        refuses(new TarSketch().link("bad", "data/now/../../../x"), title, "leads out");
        refuses(new TarSketch().link("bad", "own/runs"), title, "leads into `.sluice`");
        refuses(new TarSketch().link("bad", "gone/../x"), title, "from what is no folder");
    }

    @Test
    void whatIsThereIsNotTurnedIntoSomethingElse() throws IOException {
        String title = "Paths of the bundle contradict the working folder";
        refuses(new TarSketch().file("data", ""), title, "there is a folder already");
        refuses(new TarSketch().file("Snakefile/x", ""), title, "there is a file");
        refuses(new TarSketch().link("data/now", "."), title, "something else than this link");
        refuses(new TarSketch().link("Snakefile", "data"), title, "something else");
        refuses(new TarSketch().file("gone/x", ""), title, "a link to nothing");
    }

    @Test
    void theFoldersOfTheEngineAreNeverTouched() throws IOException {
        Map<String, String> before = all();
        BadBundle bad =
                catchThrowableOfType(
                        BadBundle.class,
                        () -> mend(new TarSketch().file(".sluice/runs/1/journal", "bad")));
        assertThat(bad.detail()).contains("nothing is in it that is taken");
        assertThat(all()).isEqualTo(before);
    }

    @Test
    void aMoveThatFailsIsTakenBack() throws IOException {
        Map<String, String> before = all();
        Path aside = Files.createDirectory(folder.resolve("aside"));
        Path fresh = Files.createDirectory(aside.resolve("fresh"));
        Files.writeString(fresh.resolve("Snakefile"), "changed");
        var tree = new Tree();
        tree.add("Snakefile", Tree.FILE);
        tree.add("new/folder", Tree.FOLDER);
        tree.add("lost", Tree.FILE);
        IOException failed =
                catchThrowableOfType(
                        IOException.class, () -> new Mending(work, aside, tree).carryOut());
        assertThat(failed).hasMessageContaining("lost");
        assertThat(all()).isEqualTo(before);
    }
}
