package dev.sluice.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.options.Option;
import dev.sluice.app.options.Option.Section;
import dev.sluice.app.options.Option.Support;
import dev.sluice.app.options.OptionTable;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

final class HelpTest {
    private static final OptionTable TABLE = SnakemakeOptions.table();
    private static final String RUN = Help.run(TABLE);

    @Test
    void printsTheOverview() throws IOException {
        matches("overview.txt", Help.overview());
    }

    @Test
    void listsEachOptionThatIsBuiltUnderItsNameWithItsHelp() {
        List<String> lines = RUN.lines().toList();
        String joined = RUN.replaceAll("\\s+", " ");
        for (Option option : TABLE.all()) {
            if (option.support() == Support.BUILT || option.support() == Support.PLAN_ONLY) {
                String name = option.names().getFirst();
                assertThat(lines)
                        .as(name)
                        .anyMatch(line -> line.matches("  (-\\S, |    )" + name + "( .*)?"));
                assertThat(joined).as(name).contains(option.help());
            }
        }
    }

    @Test
    void admitsWhatIsNotBuilt() {
        String end = RUN.substring(RUN.indexOf("not built yet (an error"));
        for (Option option : TABLE.all()) {
            boolean admitted = end.contains(" " + option.names().getFirst());
            if (option.support() == Support.NOT_BUILT && option.section() != Section.INTERNAL) {
                assertThat(admitted).as(option.key()).isTrue();
            }
        }
    }

    @Test
    void neverShowsWhatSnakemakeOnlyTellsItself() {
        for (Option option : TABLE.all()) {
            if (option.section() == Section.INTERNAL) {
                assertThat(RUN).doesNotContain(option.names().getFirst() + " ");
            }
        }
    }

    @Test
    void keepsToAHundredColumns() {
        assertThat(RUN.lines()).allMatch(line -> line.length() <= 100);
        assertThat(Help.overview().lines()).allMatch(line -> line.length() <= 100);
        assertThat(RUN.lines()).noneMatch(line -> line.endsWith(" "));
    }

    /** With {@code -Dgolden.update=true} the page is written anew. */
    private static void matches(String name, String actual) throws IOException {
        Path golden = Resources.folder("help").resolve(name);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(golden));
    }
}
