package dev.sluice.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.options.Option;
import dev.sluice.app.options.Option.Arity;
import dev.sluice.app.options.Option.Support;
import dev.sluice.app.options.OptionTable;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

final class OptionTableTest {
    private static final OptionTable TABLE = SnakemakeOptions.table();

    /** Read off Snakemake 9.25.2's parser: how many words, then the names. */
    private static List<String> snakemakes() throws IOException {
        try (var file = OptionTableTest.class.getResourceAsStream("snakemake-options.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    @Test
    void knowsEveryNameOfEveryOptionOfSnakemake() throws IOException {
        List<String> unknown = new ArrayList<>();
        for (String line : snakemakes()) {
            List<String> words = List.of(line.split(" "));
            if (!words.contains("--help") && !words.contains("--version")) {
                words.stream()
                        .skip(1)
                        .filter(name -> TABLE.named(name) == null)
                        .forEach(unknown::add);
            }
        }
        assertThat(unknown).isEmpty();
    }

    /** But {@code -c} and {@code -j} may stand alone here, for all cores. */
    @Test
    void givesEachOptionAsManyWordsAsSnakemakeDoes() throws IOException {
        List<String> different = new ArrayList<>();
        for (String line : snakemakes()) {
            List<String> words = List.of(line.split(" "));
            Option option = TABLE.named(words.getLast());
            if (option != null && option.support() != Support.NOT_BUILT) {
                Arity theirs = Arity.valueOf(words.getFirst().toUpperCase(Locale.ROOT));
                if (theirs != option.arity()) {
                    different.add(option.key() + ": here " + option.arity());
                }
            }
        }
        assertThat(different).containsExactly("cores: here OPTIONAL", "jobs: here OPTIONAL");
    }

    @Test
    void keepsTheNamesOfOneOptionTogether() throws IOException {
        for (String line : snakemakes()) {
            Set<Option> options = new LinkedHashSet<>();
            List.of(line.split(" ")).stream()
                    .skip(1)
                    .map(TABLE::named)
                    .filter(option -> option != null)
                    .forEach(options::add);
            assertThat(options).as(line).hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void givesNoNameToTwoOptions() {
        List<String> names =
                TABLE.all().stream().flatMap(option -> option.names().stream()).toList();
        assertThat(names).doesNotHaveDuplicates();
    }

    @Test
    void explainsWhatItOffers() {
        for (Option option : TABLE.all()) {
            boolean offered = option.support() != Support.NOT_BUILT;
            assertThat(option.help().isEmpty()).as(option.key()).isEqualTo(!offered);
            assertThat(option.metavar().isEmpty()).as(option.key()).isEqualTo(!option.takesValue());
        }
    }
}
