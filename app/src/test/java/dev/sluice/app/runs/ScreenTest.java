package dev.sluice.app.runs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class ScreenTest {
    @Test
    void whatIsNoTerminalGetsNoColoursAndWholeLines() {
        Screen screen = Screen.of(new Said().terminal(), Map.of("COLUMNS", "20"));
        assertThat(screen.red("failed")).isEqualTo("failed");
        assertThat(screen.cut("x".repeat(200))).hasSize(200);
    }

    @Test
    void aTerminalGetsColoursAndLinesThatFit() {
        var screen = new Screen(true, true, 10);
        assertThat(screen.red("failed")).isEqualTo("\033[31mfailed\033[0m");
        assertThat(screen.red("")).isEmpty();
        assertThat(screen.cut("0123456789")).isEqualTo("0123456789");
        assertThat(screen.cut("0123456789a")).isEqualTo("012345678…");
    }

    @Test
    void columnsStandUnderEachOtherAndEmptyOnesTakeNoRoom() {
        var screen = new Screen(true, false, 12);
        List<String> lines =
                new Table()
                        .row("a", "", "first", "x")
                        .row("long", "", "2", "is cut off")
                        .lines(" ", screen);
        assertThat(lines).containsExactly(" a     firs…", " long  2   …");
    }

    @Test
    void wordsAreQuotedForAShellWhereTheyHaveToBe() {
        assertThat(Commands.line(List.of("-c", "2", "a b", "it's", "out/{x}.txt")))
                .isEqualTo("sluice run -c 2 'a b' 'it'\\''s' 'out/{x}.txt'");
    }
}
