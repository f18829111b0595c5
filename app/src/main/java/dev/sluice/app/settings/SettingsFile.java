package dev.sluice.app.settings;

import dev.sluice.app.console.UsageError;
import dev.sluice.app.settings.ServerSettings.DropFolder;
import dev.sluice.app.settings.ServerSettings.End;
import dev.sluice.app.settings.ServerSettings.Mail;
import dev.sluice.app.settings.ServerSettings.Quotas;
import dev.sluice.app.settings.ServerSettings.Retention;
import dev.sluice.app.settings.ServerSettings.Webhook;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads the settings file. What it cannot make sense of is a {@link UsageError} with its place. */
public final class SettingsFile {
    private final Path file;

    private SettingsFile(Path file) {
        this.file = file;
    }

    /** Paths in it are relative to its own folder. */
    public static ServerSettings read(Path file) {
        try {
            return new SettingsFile(file.toAbsolutePath()).read(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new UsageError("there is no settings file " + file);
        } catch (IOException e) {
            throw new UsageError("cannot read the settings " + file + ": " + e.getMessage());
        }
    }

    private ServerSettings read(String text) {
        Node root = root(text);
        if (root == null) {
            return ServerSettings.DEFAULTS;
        }
        var top = SettingsPart.of(file, "the settings", root);
        SettingsPart drop = top.part("drop");
        SettingsPart mail = top.part("mail");
        var webhooks = new ArrayList<Webhook>();
        top.parts("webhooks").forEach(each -> webhooks.add(webhook(each)));
        var settings =
                new ServerSettings(
                        publicUrl(top),
                        quotas(top.part("quotas")),
                        drop == null ? null : drop(drop),
                        webhooks,
                        mail == null ? null : mail(mail),
                        retention(top.part("retention")));
        top.nothingElse();
        return settings;
    }

    private @Nullable Node root(String text) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try {
            return new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            String place =
                    mark == null ? "" : ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
            throw new UsageError(file + place + ": " + e.getProblem());
        } catch (YAMLException e) {
            throw new UsageError(file + ": " + e.getMessage());
        }
    }

    private static @Nullable String publicUrl(SettingsPart top) {
        String url = top.text("public-url", "");
        if (url.isEmpty()) {
            return null;
        }
        checkUrl(top, "public-url", url);
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private static Quotas quotas(@Nullable SettingsPart part) {
        if (part == null) {
            return Quotas.DEFAULTS;
        }
        var quotas =
                new Quotas(
                        part.bytes("upload", Quotas.DEFAULTS.uploadBytes()),
                        part.bytes("unpacked", Quotas.DEFAULTS.unpackedBytes()),
                        part.number("files", 1, Quotas.DEFAULTS.files()),
                        (int) part.number("runs-per-owner", 1, Quotas.DEFAULTS.runsPerOwner()));
        part.nothingElse();
        return quotas;
    }

    private static DropFolder drop(SettingsPart part) {
        DropFolder usual = DropFolder.of(part.path("folder"));
        var drop =
                new DropFolder(
                        usual.folder(),
                        part.text("owner", usual.owner()),
                        part.texts("words", usual.words()),
                        (int) part.number("settle-seconds", 0, usual.settleSeconds()));
        part.nothingElse();
        return drop;
    }

    private static Webhook webhook(SettingsPart part) {
        String url = part.needed("url");
        checkUrl(part, "url", url);
        var webhook = new Webhook(url, part.secret("secret-file"), events(part));
        part.nothingElse();
        return webhook;
    }

    private static Mail mail(SettingsPart part) {
        Mail.Security security = security(part);
        int usualPort =
                switch (security) {
                    case NONE -> 25;
                    case STARTTLS -> 587;
                    case TLS -> 465;
                };
        var mail =
                new Mail(
                        part.needed("host"),
                        (int) part.number("port", 1, usualPort),
                        security,
                        part.text("user", ""),
                        part.secret("password-file"),
                        part.needed("from"),
                        part.neededTexts("to"),
                        events(part));
        part.nothingElse();
        return mail;
    }

    private static Mail.Security security(SettingsPart part) {
        String word = part.text("security", "none");
        for (Mail.Security each : Mail.Security.values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(word)) {
                return each;
            }
        }
        throw part.wrong("security", "has to be none, starttls or tls, not " + word);
    }

    /** Without the key, all of them. */
    private static List<End> events(SettingsPart part) {
        var events = new ArrayList<End>();
        for (String word : part.texts("events", List.of())) {
            End end = End.of(word);
            if (end == null) {
                throw part.wrong(
                        "events",
                        "has to name succeeded, failed, stopped or broken-off, not " + word);
            }
            events.add(end);
        }
        return events.isEmpty() ? List.of(End.values()) : events;
    }

    private static Retention retention(@Nullable SettingsPart part) {
        Retention usual = Retention.DEFAULTS;
        if (part == null) {
            return usual;
        }
        var retention =
                new Retention(
                        (int) part.number("run-days", 0, usual.runDays()),
                        (int) part.number("log-days", 0, usual.logDays()),
                        part.bytes("log-bytes", usual.logBytes()),
                        (int) part.number("incoming-hours", 1, usual.incomingHours()),
                        (int) part.number("every-minutes", 1, usual.everyMinutes()));
        part.nothingElse();
        return retention;
    }

    private static void checkUrl(SettingsPart part, String key, String url) {
        try {
            var uri = new URI(url);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (http && uri.getHost() != null) {
                return;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw part.wrong(key, "has to be an http or https address, not " + url);
    }
}
