package dev.sluice.app.edge;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;

import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.ConnectException;
import java.util.Map;

final class RetryingTest {
    @ParameterizedTest
    @CsvSource({
        "500,true",
        "503,true",
        "408,true",
        "429,true",
        "302,false",
        "400,false",
        "404,false",
        "410,false"
    })
    void statusesThatMayPassAreTriedAgain(int status, boolean again) {
        var failure = new HttpOperationFailedException("http://h/", status, "", null, Map.of(), "");
        assertThat(Retrying.isWorth(failure)).isEqualTo(again);
    }

    @Test
    void troubleOnTheWayIsTriedAgainAndAPlainNoIsNot() {
        assertThat(Retrying.isWorth(new ConnectException("refused"))).isTrue();
        assertThat(Retrying.isWorth(new IllegalStateException("pool is shut down"))).isTrue();
        assertThat(Retrying.isWorth(new MessagingException("cannot connect"))).isTrue();
        var wrapped =
                new MessagingException("cannot send", new AuthenticationFailedException("no"));
        assertThat(Retrying.isWorth(wrapped)).isFalse();
    }
}
