package dev.sluice.engine.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class FilePatternTest {
    @Test
    void theFirstWildcardTakesAsMuchAsItCan() {
        assertThat(FilePattern.of("{a}_{b}.txt").match("x_y_z.txt"))
                .isEqualTo(new Wildcards(List.of("a", "b"), List.of("x_y", "z")));
    }

    @Test
    void aRepeatedWildcardHasToBeTheSameText() {
        FilePattern pattern = FilePattern.of("{s}/{s}.bam");
        assertThat(pattern.match("a/a.bam")).isEqualTo(new Wildcards(List.of("s"), List.of("a")));
        assertThat(pattern.match("a/b.bam")).isNull();
        assertThat(FilePattern.of("{s}{s}").match("abab"))
                .isEqualTo(new Wildcards(List.of("s"), List.of("ab")));
    }

    @Test
    void ownConstraintsComeBeforeThoseOfTheRule() {
        Map<String, String> constraints = Map.of("s", "\\d+", "t", "x|y");
        FilePattern pattern = FilePattern.of("{s,[a-z]+}.{t}", constraints);
        assertThat(pattern.match("abc.x")).isNotNull();
        assertThat(pattern.match("123.x")).isNull();
        assertThat(pattern.match("abc.z")).isNull();
    }

    @Test
    void theEarlierOfTwoWordsIsTriedFirst() {
        assertThat(FilePattern.of("{w,a|ab}{r,.*}").match("abc"))
                .isEqualTo(new Wildcards(List.of("w", "r"), List.of("a", "bc")));
        assertThat(FilePattern.of("{w,ab|a}{r,.*}").match("abc"))
                .isEqualTo(new Wildcards(List.of("w", "r"), List.of("ab", "c")));
    }

    @Test
    void aConstraintMayNestBracesOneLevelDeep() {
        FilePattern pattern = FilePattern.of("{w,a{3,5}}.txt");
        assertThat(pattern.wildcards()).containsExactly("w");
        assertThat(pattern.match("aaaa.txt")).isNotNull();
        assertThat(pattern.match("aa.txt")).isNull();
    }

    @Test
    void doubledBracesAreAWildcardAllTheSame() {
        assertThat(FilePattern.of("{{a}}").match("{x}"))
                .isEqualTo(new Wildcards(List.of("a"), List.of("x")));
    }

    @Test
    void knowsItsConstantEnds() {
        FilePattern pattern = FilePattern.of("out/{a,\\d+}/b_{c}.txt");
        assertThat(pattern.prefix()).isEqualTo("out/");
        assertThat(pattern.suffix()).isEqualTo(".txt");
    }

    @Test
    void fillsInValuesAndNamesTheOneThatIsMissing() {
        FilePattern pattern = FilePattern.of("{a,\\d+}/{b}");
        assertThat(pattern.apply(Map.of("a", "x", "b", "y"))).isEqualTo("x/y");
        assertThatExceptionOfType(MissingWildcard.class)
                .isThrownBy(() -> pattern.apply(Map.of("a", "x")))
                .satisfies(missing -> assertThat(missing.name()).isEqualTo("b"));
    }

    @Test
    void valuesFromDownstreamNeedOnlyBeginAsTheConstraintSays() {
        FilePattern pattern = FilePattern.of("{a,\\d}.txt");
        assertThat(pattern.match("12.txt")).isNull();
        assertThat(pattern.fits("12.txt", new Wildcards(List.of("a"), List.of("12")))).isTrue();
        assertThat(pattern.fits("x2.txt", new Wildcards(List.of("a"), List.of("x2")))).isFalse();
        assertThat(pattern.fits("12.txt", Wildcards.NONE)).isFalse();
    }

    @Test
    void saysWhatPythonWouldRefuse() {
        assertThat(FilePattern.problem("{a,(}", Map.of())).contains("unterminated subpattern");
        assertThat(FilePattern.problem("{a}", Map.of("a", "*"))).contains("nothing to repeat");
        assertThat(FilePattern.problem("{a.b}", Map.of())).contains("group name");
        assertThat(FilePattern.problem("{a}{a,x}", Map.of())).contains("first occurrence");
        assertThat(FilePattern.problem("{a}/{b,x{2}}", Map.of())).isNull();
    }
}
