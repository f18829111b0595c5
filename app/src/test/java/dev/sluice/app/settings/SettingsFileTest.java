package dev.sluice.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.app.console.UsageError;
import dev.sluice.app.settings.ServerSettings.End;
import dev.sluice.app.settings.ServerSettings.Mail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

final class SettingsFileTest {
    @TempDir private Path temp;

    @Test
    void anEmptyFileSaysNothing() throws IOException {
        assertThat(read("")).isEqualTo(ServerSettings.DEFAULTS);
        assertThat(read("# nothing\n")).isEqualTo(ServerSettings.DEFAULTS);
        assertThat(read("quotas:\n")).isEqualTo(ServerSettings.DEFAULTS);
    }

    @Test
    void everyKeyIsUnderstood() throws IOException {
        Files.writeString(temp.resolve("hook.secret"), "s3cret\n");
        Files.writeString(temp.resolve("mail.password"), "pa55\n");
        ServerSettings settings =
                read(
                        """
                        public-url: https://sluice.example.org/
                        quotas:
                          upload: 500 MB
                          unpacked: 1G
                          files: 20
                          runs-per-owner: 3
                        drop:
                          folder: drop
                          owner: lab
                          words: [--cores, 4]
                          settle-seconds: 9
                        webhooks:
                          - url: https://hooks.example.org/x?y=z
                            secret-file: hook.secret
                            events: [failed, broken-off]
                          - url: http://127.0.0.1:9/
                        mail:
                          host: smtp.example.org
                          security: starttls
                          user: sluice
                          password-file: mail.password
                          from: sluice@example.org
                          to: [ada@example.org, bob@example.org]
                          events: [failed]
                        retention:
                          run-days: 90
                          log-days: 30
                          log-bytes: 2KiB
                          incoming-hours: 5
                          every-minutes: 10
                        """);
        assertThat(settings.publicUrl()).isEqualTo("https://sluice.example.org");
        assertThat(settings.quotas())
                .isEqualTo(new ServerSettings.Quotas(500L << 20, 1L << 30, 20, 3));
        var drop = Objects.requireNonNull(settings.drop());
        var mail = Objects.requireNonNull(settings.mail());
        assertThat(drop.folder()).isEqualTo(temp.resolve("drop"));
        assertThat(drop.owner()).isEqualTo("lab");
        assertThat(drop.words()).containsExactly("--cores", "4");
        assertThat(drop.settleSeconds()).isEqualTo(9);
        assertThat(settings.webhooks().getFirst().secret()).isEqualTo("s3cret");
        assertThat(settings.webhooks().getFirst().events())
                .containsExactly(End.FAILED, End.BROKEN_OFF);
        assertThat(settings.webhooks().getLast().secret()).isEmpty();
        assertThat(settings.webhooks().getLast().events()).containsExactly(End.values());
        assertThat(mail.port()).isEqualTo(587);
        assertThat(mail.security()).isEqualTo(Mail.Security.STARTTLS);
        assertThat(mail.password()).isEqualTo("pa55");
        assertThat(mail.to()).hasSize(2);
        assertThat(settings.retention())
                .isEqualTo(new ServerSettings.Retention(90, 30, 2048, 5, 10));
        assertThat(settings.toString()).doesNotContain("s3cret", "pa55");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "public_url: x | 1:1: the settings knows no `public_url`",
                "public-url: ftp://x | 1:13: `public-url` has to be an http or https address",
                "quotas: 3 | 1:9: `quotas` has to be a mapping",
                "quotas: {upload: much} | 1:18: `upload` has to be a size such as 500MB",
                "quotas: {files: 0} | 1:17: `files` has to be a whole number from 1, not 0",
                "quotas: {files: '7'} | 1:17: `files` has to be a whole number from 1, not 7",
                "quotas: {files: 1, files: 2} | 1:20: `files` stands twice in `quotas`",
                "webhooks: {} | 1:11: `webhooks` has to be a list",
                "webhooks: [{secret-file: x, url: 'http://h/'}] | 1:26: `secret-file`: cannot read",
                "webhooks: [{events: [failed]}] | 1:12: each of `webhooks` needs `url`",
                "webhooks: [{url: 'http://h/', events: [won]}] | `events` has to name succeeded",
                "mail: {host: h, from: f} | 1:7: `mail` needs `to`",
                "mail: {host: h, from: f, to: [t], security: ssl} | has to be none, starttls or"
                        + " tls",
                "drop: {owner: me} | 1:7: `drop` needs `folder`",
                "retention: [1] | 1:12: `retention` has to be a mapping",
                "a: b: c | 1:5: mapping values are not allowed here",
                "- a | 1:1: the settings has to be a mapping"
            })
    void whatMakesNoSenseIsSaidWithItsPlace(String text, String message) throws IOException {
        Path file = Files.writeString(temp.resolve("settings.yaml"), text);
        UsageError error = catchThrowableOfType(UsageError.class, () -> SettingsFile.read(file));
        assertThat(error.text()).startsWith(file + ":").contains(message);
    }

    @Test
    void anAbsentFileIsAMessage() {
        UsageError error =
                catchThrowableOfType(
                        UsageError.class, () -> SettingsFile.read(temp.resolve("absent")));
        assertThat(error.text()).contains("there is no settings file");
    }

    private ServerSettings read(String text) throws IOException {
        return SettingsFile.read(Files.writeString(temp.resolve("settings.yaml"), text));
    }
}
