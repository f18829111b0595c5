package dev.sluice.engine.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class OutputIndexTest {
    @Test
    void answersInTheOrderOfTheRules() {
        OutputIndex index =
                new OutputIndex.Builder()
                        .add(0, FilePattern.of("{x}.txt"))
                        .add(1, FilePattern.of("a/{x}.txt"))
                        .add(2, FilePattern.of("a/b.txt"))
                        .add(3, FilePattern.of("a/{x}.csv"))
                        .build();
        assertThat(index.matches("a/b.txt"))
                .extracting(OutputIndex.Match::rule)
                .containsExactly(0, 1, 2);
        assertThat(index.matches("nothing")).isEmpty();
    }

    @Test
    void ofOneRuleThePatternWithTheShortestWildcardsWins() {
        OutputIndex index =
                new OutputIndex.Builder()
                        .add(0, FilePattern.of("{x}"))
                        .add(0, FilePattern.of("{x}.txt"))
                        .add(0, FilePattern.of("{x}txt"))
                        .build();
        assertThat(index.producers("a.txt"))
                .containsExactly(
                        new OutputIndex.Match(
                                0,
                                FilePattern.of("{x}.txt"),
                                new Wildcards(List.of("x"), List.of("a"))));
    }

    @Test
    void findsWhatTryingEveryPatternFinds() {
        long seed = Long.getLong("sluice.seed", 20261124L);
        var random = new Random(seed);
        List<FilePattern> patterns = new ArrayList<>();
        OutputIndex.Builder builder = new OutputIndex.Builder();
        for (int i = 0; i < 400; i++) {
            FilePattern pattern =
                    FilePattern.of(
                            text(random) + (random.nextInt(4) == 0 ? "" : "{w}" + text(random)));
            patterns.add(pattern);
            builder.add(i, pattern);
        }
        OutputIndex index = builder.build();
        for (int i = 0; i < 2000; i++) {
            String path = text(random) + text(random);
            List<Integer> expected = new ArrayList<>();
            for (int rule = 0; rule < patterns.size(); rule++) {
                if (patterns.get(rule).match(path) != null) {
                    expected.add(rule);
                }
            }
            assertThat(index.matches(path))
                    .as("%s of seed %d", path, seed)
                    .extracting(OutputIndex.Match::rule)
                    .isEqualTo(expected);
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append("abc/".charAt(random.nextInt(4)));
        }
        return text.toString();
    }
}
