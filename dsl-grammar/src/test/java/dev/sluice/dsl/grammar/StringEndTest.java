package dev.sluice.dsl.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StringEndTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'a'",
                "\"it's\"",
                "'\\''",
                "r'\\''",
                "''",
                "''''''",
                "'''it's ''two'' '''",
                "\"\"\"a\n\"b\" \\\"\"\" c\"\"\"",
                "'a\\\nb'",
                "'a\\\r\nb'",
                "f'{x}'",
                "f'{{'",
                "f'{x!r:>{w}}'",
                "f'{x:\">10}'",
                "f'{x[\"}\"]}'",
                "f'{x['a']}'",
                "f\"{f\"{f\"{1 + 1}\"}\"}\"",
                "f'{\n x\n}'",
                "f'''{x['a']} '' {'''b'''} '''",
                "f'{d[1:2]}'",
                "f'{(lambda: 1)()}'",
                "f'\\N{DASH}'",
                "rf'\\{x}'",
                "fr'{x}\\''",
                "f'{ {1: 2}[1] }'"
            })
    void findsTheEndOfAWholeString(String string) {
        assertThat(new StringEnd(string + " + 'rest'").find(0)).isEqualTo(string.length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"f'{'", "f'{x'", "f'{x:'", "f'{x!r'"})
    void readsABrokenFStringAsPythonDidBefore(String string) {
        assertThat(new StringEnd(string + "\n").find(0)).isEqualTo(string.length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"'a", "'a\\'", "f'{x", "'''a''", "\"a'"})
    void tellsWhereAStringWithoutEndStops(String string) {
        boolean triple = string.startsWith("'''");
        String text = string + "\nb\n";
        int stop = triple ? text.length() : string.length();
        assertThat(new StringEnd(text).find(0)).isEqualTo(~stop);
    }

    @Test
    void doesNotLookAgainAndAgainForAnEndThatIsNotThere() {
        long small = looks("f'''{(x ".repeat(500));
        long large = looks("f'''{(x ".repeat(1000));
        assertThat(large).isLessThan(small * 5 / 2);
    }

    @Test
    void doesNotFollowNestedFStringsWithoutLimit() {
        long small = looks("f\"{".repeat(500));
        long large = looks("f\"{".repeat(1000));
        assertThat(large).isLessThan(small * 5 / 2);
    }

    /** How many characters are looked at when every string of a text is read. */
    private static long looks(String text) {
        var counting = new CountingText(text);
        var end = new StringEnd(counting);
        int at = text.indexOf('f');
        while (at >= 0 && at < text.length()) {
            int found = end.find(at);
            at = text.indexOf('f', found < 0 ? ~found : found);
        }
        return counting.looks;
    }

    private static final class CountingText implements CharSequence {
        private final String text;
        private long looks;

        CountingText(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            looks++;
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }
    }
}
