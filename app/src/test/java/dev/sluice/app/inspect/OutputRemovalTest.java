package dev.sluice.app.inspect;

import static dev.sluice.app.show.RuleSketch.book;
import static dev.sluice.app.show.RuleSketch.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.sluice.app.show.Plans;
import dev.sluice.engine.files.DiskFiles;
import dev.sluice.engine.plan.Plan;
import dev.sluice.engine.rules.RuleBook;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

final class OutputRemovalTest {
    private static final RuleBook BOOK =
            book(
                    rule("all").input("deep/er/out", "folder", "link"),
                    rule("a").input("in", "tmp", "tmpdir").output("deep/er/out").shell("x"),
                    rule("t").output(List.of("temp"), "tmp", "tmpdir").shell("x"),
                    rule("d").output(List.of("directory"), "folder").shell("x"),
                    rule("l").output("link").shell("x"));

    @TempDir Path folder;

    @BeforeEach
    void makeFiles() throws IOException {
        for (String path :
                List.of("in", "deep/er/out", "tmp", "tmpdir/x", "folder/sub/y", "other")) {
            Files.createDirectories(folder.resolve(path).getParent());
            Files.createFile(folder.resolve(path));
        }
        Files.createSymbolicLink(folder.resolve("link"), Path.of("nowhere"));
    }

    @Test
    void removesAllOutputsAndNothingElse() {
        OutputRemoval.Result result = remove(false, false);
        assertThat(result.removed()).containsExactly("deep/er/out", "tmp", "folder", "link");
        assertThat(there("deep/er/out", "tmp", "folder", "link")).isEmpty();
        assertThat(there("in", "other", "deep/er")).containsExactly("in", "other", "deep/er");
    }

    @Test
    void removesALinkThatPointsNowhere() {
        remove(false, false);
        assertThat(Files.exists(folder.resolve("link"), LinkOption.NOFOLLOW_LINKS)).isFalse();
    }

    @Test
    void keepsAFolderWithContentThatNoRuleCallsAFolder() {
        OutputRemoval.Result result = remove(false, false);
        assertThat(there("tmpdir/x")).containsExactly("tmpdir/x");
        assertThat(result.kept())
                .singleElement()
                .asString()
                .contains("tmpdir")
                .contains("directory()");
    }

    @Test
    void removesTemporaryOutputsOnlyWithTheirContent() {
        OutputRemoval.Result result = remove(true, false);
        assertThat(result.removed()).containsExactly("tmp", "tmpdir");
        assertThat(there("tmp", "tmpdir", "folder", "deep/er/out"))
                .containsExactly("folder", "deep/er/out");
    }

    @Test
    void removesNothingInADryRunAndSaysWhatItWould() {
        OutputRemoval.Result result = remove(false, true);
        assertThat(result.text())
                .startsWith("Would delete deep/er/out\nWould delete tmp\n")
                .contains("Would delete folder\n");
        assertThat(there("deep/er/out", "tmp", "folder", "link")).hasSize(4);
    }

    @Test
    void saysSoWhenThereIsNothing() {
        remove(true, false);
        assertThat(remove(true, false).text()).isEqualTo("There is nothing to delete.\n");
    }

    @Test
    void removesParentsThatAnEmptyFolderLeavesEmpty() throws IOException {
        RuleBook book = book(rule("all").input("x/y/z"), rule("z").output("x/y/z").shell("x"));
        Files.createDirectories(folder.resolve("x/y/z"));
        OutputRemoval.remove(Plans.plan(book, new DiskFiles(folder)), folder, false, false);
        assertThat(Files.exists(folder.resolve("x"))).isFalse();
        assertThat(Files.exists(folder)).isTrue();
    }

    @Test
    void keepsWriteProtectedFilesAndNamesThem() {
        assertThat(folder.resolve("tmp").toFile().setWritable(false)).isTrue();
        assumeFalse(Files.isWritable(folder.resolve("tmp")), "root writes everywhere");
        assertThat(remove(true, false).kept()).containsExactly("Kept tmp: it is write-protected");
        assertThat(there("tmp")).containsExactly("tmp");
    }

    private OutputRemoval.Result remove(boolean onlyTemporary, boolean dryRun) {
        Plan plan = Plans.plan(BOOK, new DiskFiles(folder));
        return OutputRemoval.remove(plan, folder, onlyTemporary, dryRun);
    }

    private List<String> there(String... paths) {
        return List.of(paths).stream()
                .filter(path -> Files.exists(folder.resolve(path), LinkOption.NOFOLLOW_LINKS))
                .toList();
    }
}
