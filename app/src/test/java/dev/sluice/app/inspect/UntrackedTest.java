package dev.sluice.app.inspect;

import static dev.sluice.app.show.RuleSketch.book;
import static dev.sluice.app.show.RuleSketch.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.show.Plans;
import dev.sluice.engine.files.DiskFiles;
import dev.sluice.engine.rules.RuleBook;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

final class UntrackedTest {
    private static final RuleBook BOOK =
            book(
                    rule("all").input("used/out", "folder"),
                    rule("a").input("in").output("used/out").log("a.log").shell("x"),
                    rule("b").output(List.of("directory"), "folder").shell("x"));

    @TempDir Path folder;

    @Test
    void listsWhatNoJobReadsOrWrites() throws IOException {
        touch("in", "used/out", "used/other", "a.log", "z", "sub/b");
        assertThat(untracked()).containsExactly("sub/b", "used/other", "z");
    }

    @Test
    void leavesHiddenFilesAndFoldersOut() throws IOException {
        touch("in", ".hidden", ".snakemake/log/x", "sub/.git/y", "sub/seen");
        assertThat(untracked()).containsExactly("sub/seen");
    }

    @Test
    void takesWhatLiesInAFolderThatIsAnOutputForItsJobs() throws IOException {
        touch("in", "folder/x", "folder/sub/y", "folder2/z");
        assertThat(untracked()).containsExactly("folder2/z");
    }

    private List<String> untracked() throws IOException {
        return Untracked.files(Plans.plan(BOOK, new DiskFiles(folder)), folder);
    }

    private void touch(String... paths) throws IOException {
        for (String path : paths) {
            Files.createDirectories(folder.resolve(path).getParent());
            Files.createFile(folder.resolve(path));
        }
    }
}
