package dev.sluice.app.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.app.console.UsageError;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

final class TokensTest {
    private static final String ADA = "0123456789abcdef";
    private static final String BOB = "fedcba9876543210";

    @TempDir private Path folder;

    private Tokens tokens(String text) throws IOException {
        return Tokens.read(Files.writeString(folder.resolve("tokens"), text));
    }

    @Test
    void aTokenSaysWhoseItIs() throws IOException {
        Tokens tokens = tokens("# who may\n\nada " + ADA + "\n  bob\t" + BOB + "  \n");

        assertThat(tokens.ownerOf(ADA)).isEqualTo(new Principal("ada"));
        assertThat(tokens.ownerOf(BOB)).isEqualTo(new Principal("bob"));
    }

    @Test
    void whatIsNearATokenIsNone() throws IOException {
        Tokens tokens = tokens("ada " + ADA + "\n");

        assertThat(tokens.ownerOf(ADA.substring(1))).isNull();
        assertThat(tokens.ownerOf(ADA + "0")).isNull();
        assertThat(tokens.ownerOf(ADA.toUpperCase(java.util.Locale.ROOT))).isNull();
        assertThat(tokens.ownerOf("")).isNull();
        assertThat(tokens.ownerOf("ada")).isNull();
    }

    @Test
    void oneOwnerMayHaveSeveral() throws IOException {
        Tokens tokens = tokens("ada " + ADA + "\nada " + BOB + "\n");

        assertThat(tokens.ownerOf(BOB)).isEqualTo(new Principal("ada"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', holds no token",
        "'# nobody', holds no token",
        "0123456789abcdef, :1: expected an owner and a token",
        "ada 0123456789abcdef more, :1: expected an owner and a token",
        "ada short, :1: this token is too short",
        "ada 0123456789abcde;, :1: an owner or a token has characters",
        "a/da 0123456789abcdef, :1: an owner or a token has characters",
    })
    void aFileThatIsWrongSaysWhere(String text, String expected) {
        assertThatThrownBy(() -> tokens(text))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining(expected);
    }

    @Test
    void oneTokenHasOneOwner() {
        assertThatThrownBy(() -> tokens("ada " + ADA + "\nbob " + ADA + "\n"))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining(":2: this token stands there twice");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> Tokens.read(folder.resolve("none")))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("there is no token file");
    }
}
