package dev.sluice.app.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.sluice.app.console.UsageError;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

final class PairsTest {
    @Test
    void splitsAtTheFirstEqualsSign() {
        assertThat(Pairs.of("groups", "RULE=GROUP", List.of("a=g1", "b=x=y", "c=")))
                .containsExactly(entry("a", "g1"), entry("b", "x=y"), entry("c", ""));
    }

    @Test
    void letsALaterPairOfTheSameKeyWin() {
        assertThat(Pairs.of("groups", "RULE=GROUP", List.of("a=1", "b=2", "a=3")))
                .containsExactly(entry("a", "3"), entry("b", "2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "=1", ""})
    void saysTheFormOfAPairThatIsNone(String word) {
        assertThatThrownBy(() -> Pairs.of("groups", "RULE=GROUP", List.of(word)))
                .isInstanceOf(UsageError.class)
                .hasMessage("--groups expects RULE=GROUP, not `" + word + "`");
    }

    @Test
    void readsNumbersWithOrWithoutQuotes() {
        assertThat(
                        Pairs.numbers(
                                "resources", "NAME=N", List.of("mem_mb=100", "gpu='2'", "x=\"3\"")))
                .containsExactly(entry("mem_mb", 100), entry("gpu", 2), entry("x", 3));
    }

    @Test
    void refusesANumberThatIsNone() {
        assertThatThrownBy(() -> Pairs.numbers("set-threads", "RULE=N", List.of("a=many")))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("--set-threads")
                .hasMessageContaining("`many`");
    }

    @Test
    void groupsResourcesByRule() {
        var byRule =
                Pairs.nested(
                        "set-resources",
                        "RULE:NAME=VALUE",
                        List.of("map:mem_mb=1", "call:time=1:30:00", "map:disk=max(1, 2)"));
        assertThat(byRule.keySet()).containsExactly("map", "call");
        assertThat(byRule.get("map"))
                .containsExactly(entry("mem_mb", "1"), entry("disk", "max(1, 2)"));
        assertThat(byRule.get("call")).containsExactly(entry("time", "1:30:00"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"map", "map:x", "map=1", ":x=1", "map:=1"})
    void saysTheFormOfANestedPairThatIsNone(String word) {
        assertThatThrownBy(() -> Pairs.nested("set-resources", "RULE:NAME=VALUE", List.of(word)))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("RULE:NAME=VALUE");
    }
}
