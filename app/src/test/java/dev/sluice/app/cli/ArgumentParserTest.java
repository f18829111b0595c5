package dev.sluice.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.app.console.UsageError;
import dev.sluice.app.options.ArgumentParser;
import dev.sluice.app.options.Arguments;
import dev.sluice.app.options.OptionTable;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/**
 * Each behaviour was seen in argparse with Snakemake 9.25.2's options, unless its name says that we
 * are kinder.
 */
final class ArgumentParserTest {
    private static final OptionTable TABLE = SnakemakeOptions.table();

    @Test
    void takesJoinedSwitchesApart() {
        assertThat(parse("-npF", "t").values().keySet())
                .containsExactly("dry-run", "printshellcmds", "forceall");
        assertThat(parse("-npF", "t").targets()).containsExactly("t");
    }

    @Test
    void takesTheValueOfAShortOptionInAllItsSpellings() {
        for (String[] words : new String[][] {{"-c4"}, {"-c", "4"}, {"-c=4"}, {"-nc4"}}) {
            assertThat(parse(words).last("cores")).as(String.join(" ", words)).isEqualTo("4");
        }
    }

    @Test
    void takesTheValueOfALongOptionBehindABlankOrAnEqualsSign() {
        assertThat(parse("--cores", "4").last("cores")).isEqualTo("4");
        assertThat(parse("--cores=4").last("cores")).isEqualTo("4");
        assertThat(parse("--config=a=b=c").all("config")).containsExactly("a=b=c");
    }

    @Test
    void putsAJoinedSwitchWithAValueLast() {
        Arguments arguments = parse("-c", "4", "-nq");
        assertThat(arguments.values())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("cores", List.of("4"), "dry-run", List.of(), "quiet", List.of()));
    }

    @Test
    void leavesAnOptionalValueOut() {
        assertThat(parse("-c").all("cores")).isEmpty();
        assertThat(parse("-c").has("cores")).isTrue();
        assertThat(parse("-c", "-n").has("dry-run")).isTrue();
    }

    @Test
    void isKinderAndDoesNotTakeATargetForAnAmount() {
        assertThat(parse("-c", "results/a.txt").targets()).containsExactly("results/a.txt");
        assertThat(parse("-j", "all", "t").last("jobs")).isEqualTo("all");
        assertThat(parse("-j", "unlimited").last("jobs")).isEqualTo("unlimited");
    }

    @Test
    void isKinderAndDoesNotTakeATargetForAFormat() {
        assertThat(parse("--dag", "out.txt").targets()).containsExactly("out.txt");
        assertThat(parse("--dag", "mermaid-js", "t").last("dag")).isEqualTo("mermaid-js");
        assertThat(parse("-q", "rules", "reason", "t").all("quiet"))
                .containsExactly("rules", "reason");
        assertThat(parse("-q", "rules", "t").targets()).containsExactly("t");
    }

    @Test
    void isKinderAndTakesTargetsAnywhere() {
        assertThat(parse("a", "-n", "b", "-c", "2", "c").targets()).containsExactly("a", "b", "c");
    }

    @Test
    void givesAManyValuedOptionAllWordsUpToTheNextOption() {
        Arguments arguments = parse("--config", "a=1", "b=2", "-n", "t");
        assertThat(arguments.all("config")).containsExactly("a=1", "b=2");
        assertThat(arguments.targets()).containsExactly("t");
    }

    @Test
    void endsAManyValuedOptionAtTwoDashes() {
        Arguments arguments = parse("--config", "a=1", "b=-1", "--", "t", "-x");
        assertThat(arguments.all("config")).containsExactly("a=1", "b=-1");
        assertThat(arguments.targets()).containsExactly("t", "-x");
    }

    @Test
    void allowsNoValueWhereAnyNumberMayStand() {
        Arguments arguments = parse("-R", "-n", "t");
        assertThat(arguments.has("forcerun")).isTrue();
        assertThat(arguments.all("forcerun")).isEmpty();
    }

    @Test
    void asksForAValueWhereOneHasToStand() {
        for (String name : List.of("--until", "--snakefile", "-s")) {
            assertThat(error(name).text()).contains(name).contains("expects");
            assertThat(error(name, "-n").text()).contains(name).contains("expects");
        }
    }

    @Test
    void takesNegativeNumbersAndPhrasesForValues() {
        assertThat(parse("--config", "a=1", "-1").all("config")).containsExactly("a=1", "-1");
        assertThat(parse("--config", "-a b").all("config")).containsExactly("-a b");
        assertThat(parse("-").targets()).containsExactly("-");
    }

    @Test
    void letsTheLastOfTwoEqualOptionsWinWhole() {
        assertThat(parse("--set-threads", "a=1", "--set-threads", "b=2").all("set-threads"))
                .containsExactly("b=2");
        assertThat(parse("-s", "a", "-s", "b").last("snakefile")).isEqualTo("b");
    }

    @Test
    void addsProfilesUp() {
        assertThat(parse("--profile", "a", "--profile=b").all("profile")).containsExactly("a", "b");
    }

    @Test
    void knowsAnOptionByEachOfItsNames() {
        for (String name : List.of("-n", "--dry-run", "--dryrun")) {
            assertThat(parse(name).values().keySet()).as(name).containsExactly("dry-run");
        }
        assertThat(parse("--res", "mem_mb=1").all("resources")).containsExactly("mem_mb=1");
    }

    @Test
    void completesALongNameThatIsUnique() {
        assertThat(parse("--forcer", "a", "b").all("forcerun")).containsExactly("a", "b");
        assertThat(parse("--keep-g").has("keep-going")).isTrue();
        assertThat(parse("--snake=x").last("snakefile")).isEqualTo("x");
    }

    @Test
    void isKinderAndCompletesANameWhoseCandidatesAreOneOption() {
        assertThat(parse("--dry").has("dry-run")).isTrue();
    }

    @Test
    void takesAWholeNameForItselfThoughOthersBeginWithIt() {
        assertThat(parse("--force").values().keySet()).containsExactly("force");
        assertThat(parse("--list").values().keySet()).containsExactly("list-rules");
    }

    @Test
    void namesTheCandidatesOfAShortenedName() {
        UsageError error = error("--delete");
        assertThat(error.text()).contains("--delete").contains("several");
        assertThat(error.hint()).contains("--delete-all-output").contains("--delete-temp-output");
    }

    @Test
    void guessesWhatAMisspelledNameMeans() {
        assertThat(error("--dry-rum").hint()).contains("--dry-run");
        assertThat(error("--snakefiel", "x").hint()).contains("--snakefile");
        assertThat(error("--qqqqqqqqqq").hint()).contains("--help");
    }

    @Test
    void namesTheShortOptionThatDoesNotExist() {
        assertThat(error("-Z").text()).contains("-Z");
        assertThat(error("-nZ").text()).contains("-Z");
    }

    @Test
    void refusesAValueThatIsNoneOfTheChoices() {
        UsageError error = error("--rerun-triggers", "mtime", "foo");
        assertThat(error.text()).contains("foo");
        assertThat(error.hint()).contains("mtime").contains("software-env");
        assertThat(error("--dag=svg").hint()).contains("dot");
    }

    @Test
    void refusesAValueForASwitch() {
        assertThat(error("--dry-run=1").text()).contains("--dry-run").contains("no value");
    }

    private static Arguments parse(String... words) {
        return ArgumentParser.parse(TABLE, List.of(words));
    }

    private static UsageError error(String... words) {
        return catchThrowableOfType(UsageError.class, () -> parse(words));
    }
}
