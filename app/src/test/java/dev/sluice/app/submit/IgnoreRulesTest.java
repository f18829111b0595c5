package dev.sluice.app.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** {@code .sluiceignore} leaves what git would leave by the same {@code .gitignore}. */
class IgnoreRulesTest {
    private static final List<String> FILES =
            List.of(
                    "a.txt",
                    "b.log",
                    "foo",
                    "foobar",
                    "#hash",
                    "!bang",
                    "space ",
                    "x[1]",
                    "a-b",
                    "data/a.txt",
                    "data/b.log",
                    "data/deep/er/a.txt",
                    "data/deep/er/c.bam",
                    "data/foo/x",
                    "foo1/y",
                    "build/out",
                    "sub/build/out",
                    "sub/foo",
                    "sub/data/z",
                    "a/b",
                    "a/x/b",
                    "a/x/y/b",
                    "star*",
                    "UPPER",
                    "f1",
                    "f2",
                    "fa");

    @TempDir static Path folder;

    @BeforeAll
    static void aCheckout() throws IOException, InterruptedException {
        assumeThat(Git.isThere()).as("git is installed").isTrue();
        for (String file : FILES) {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, file);
        }
        Git.run(folder, "init", "-q");
    }

    private void same(String rules) throws IOException, InterruptedException {
        Files.writeString(folder.resolve(".gitignore"), rules);
        Files.writeString(folder.resolve(Packing.IGNORE_FILE), rules);
        List<String> git =
                Git.run(folder, "ls-files", "-z", "--others", "--exclude-standard").stream()
                        .sorted()
                        .toList();
        var gathered = new Gathered(folder.toRealPath());
        gathered.walk(IgnoreRules.of(rules));
        assertThat(gathered.paths()).as(rules).isEqualTo(git);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "foo",
                "/foo",
                "foo/",
                "*.log",
                "data/*.txt",
                "data/**",
                "**/a.txt",
                "a/**/b",
                "**/build",
                "/build/",
                "data/**/er",
                "**",
                "*\n!a.txt",
                "data/\n!data/a.txt",
                "data/*\n!data/a.txt",
                "data/**\n!data/deep/\n!data/**/*.bam",
                "# foo\n\\#hash\n\\!bang",
                "space \nfoo   ",
                "space\\ ",
                "foo\r\n*.log\r",
                "f[12]",
                "f[!12]",
                "f[^a]",
                "f[a-z]",
                "f[z-a]",
                "f[[:digit:]]",
                "f[[:nope:]]",
                "x[[]1]",
                "x[]1]",
                "x\\[1\\]",
                "a?b",
                "a/?/b",
                "a[/]b",
                "star\\*",
                "back\\\\slash",
                "foo\\",
                "f[",
                "[!a-z.]*",
                "[]-a]*",
                "[a-]*",
                "upper",
                "./foo",
                "foo**",
                "fo**ar",
                "a**/b",
                "a/**b",
                "/",
                "//foo",
                "!",
                "**/**/b",
                "a/**/**/b",
                "/**/foo",
                "data/deep/**/",
                "\uFEFFfoo"
            })
    void isAsGitHasIt(String rules) throws IOException, InterruptedException {
        same(rules);
    }

    /** Rules put together at random; the seed is fixed. */
    @Test
    void isAsGitHasItAtRandom() throws IOException, InterruptedException {
        String[] parts = {
            "*", "**", "?", "/", "a", "foo", "data", ".txt", "b", "[ab]", "[!f]", "deep", "er", "x"
        };
        var random = new Random(7);
        for (int round = 0; round < 60; round++) {
            var rules = new StringBuilder();
            for (int line = random.nextInt(3); line >= 0; line--) {
                rules.append(random.nextInt(4) == 0 ? "!" : "");
                for (int part = random.nextInt(5); part >= 0; part--) {
                    rules.append(parts[random.nextInt(parts.length)]);
                }
                rules.append('\n');
            }
            same(rules.toString());
        }
    }
}
