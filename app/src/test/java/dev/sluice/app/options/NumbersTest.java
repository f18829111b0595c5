package dev.sluice.app.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.app.console.UsageError;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NumbersTest {
    @ParameterizedTest
    @CsvSource({
        "1000000, 1000000",
        "1MB, 1000000",
        "1 MiB, 1048576",
        "1.5kB, 1500",
        "2GiB, 2147483648",
        "1tb, 1000000000000",
        "7b, 7",
        "3k, 3000",
        "3Ki, 3072"
    })
    void readsSizes(String word, long bytes) {
        assertThat(Numbers.bytes("max", word)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MB", "1PB", "-1", "1 2", "one"})
    void refusesWhatIsNoSize(String word) {
        assertThatThrownBy(() -> Numbers.bytes("max-checksum-file-size", word))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("--max-checksum-file-size")
                .hasMessageContaining("`" + word + "`");
    }

    @Test
    void readsWholeNumbersFromALeastOneOn() {
        assertThat(Numbers.atLeast(1, "cores", " 8 ")).isEqualTo(8);
        assertThat(Numbers.atLeast(0, "retries", "0")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-3", "1.5", "x", "", "99999999999"})
    void refusesWhatIsNoWholeNumberFromOne(String word) {
        assertThatThrownBy(() -> Numbers.atLeast(1, "cores", word))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("--cores")
                .hasMessageContaining("`" + word + "`");
    }

    @Test
    void readsSeconds() {
        assertThat(Numbers.seconds("latency-wait", "0.5")).isEqualTo(0.5);
        assertThat(Numbers.seconds("latency-wait", "60")).isEqualTo(60);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "soon", "", "NaN"})
    void refusesWhatIsNoNumberOfSeconds(String word) {
        assertThatThrownBy(() -> Numbers.seconds("latency-wait", word))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("seconds");
    }
}
