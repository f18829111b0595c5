package dev.sluice.dsl.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SourceFileTest {
    @Test
    void knowsAllThreeLineEnds() {
        var file = new SourceFile("f", "a\nb\r\nc\rd");
        assertThat(file.lineCount()).isEqualTo(4);
        assertThat(file.lineAt(1)).isEqualTo("a");
        assertThat(file.lineAt(2)).isEqualTo("b");
        assertThat(file.lineAt(3)).isEqualTo("c");
        assertThat(file.lineAt(4)).isEqualTo("d");
        assertThat(file.lineAt(5)).isEmpty();
    }

    @Test
    void aLineEndAtTheVeryEndBeginsNoLine() {
        assertThat(new SourceFile("f", "a\n").lineCount()).isEqualTo(1);
        assertThat(new SourceFile("f", "a\n\n").lineCount()).isEqualTo(2);
        assertThat(new SourceFile("f", "").lineCount()).isEqualTo(1);
    }

    @Test
    void countsColumnsInCharacters() {
        var file = new SourceFile("f", "x\n😀😀a");
        assertThat(file.positionOf(6)).isEqualTo(new Position(2, 3));
        assertThat(file.positionOf(0)).isEqualTo(new Position(1, 1));
        assertThat(file.positionOf(7)).isEqualTo(new Position(2, 4));
    }

    @Test
    void leavesTheByteOrderMarkOut() {
        assertThat(new SourceFile("f", "\uFEFFa").text()).isEqualTo("a");
    }
}
