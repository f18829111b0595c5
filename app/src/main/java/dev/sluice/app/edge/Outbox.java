package dev.sluice.app.edge;

import dev.sluice.app.catalogue.CatalogueRow;
import dev.sluice.app.catalogue.RowJson;
import dev.sluice.app.host.HostedRun;
import dev.sluice.app.settings.ServerSettings;
import dev.sluice.app.settings.ServerSettings.End;
import dev.sluice.app.settings.ServerSettings.Mail;
import dev.sluice.app.settings.ServerSettings.Webhook;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * Messages about ends of runs that are still to be delivered: a file each, in a folder per
 * receiver, so that they outlive the server and one receiver holds up no other. The file's name is
 * the delivery's id: the same end makes the same file.
 */
final class Outbox implements EndListener {
    private static final String GIVEN_UP = "given-up";

    private final Path folder;
    private final List<Webhook> webhooks;
    private final @Nullable Mail mail;
    private final UnaryOperator<String> linkOf;

    Outbox(Path folder, ServerSettings settings, UnaryOperator<String> linkOf) {
        this.folder = folder;
        webhooks = settings.webhooks();
        mail = settings.mail();
        this.linkOf = linkOf;
    }

    @Override
    public void ended(HostedRun run, CatalogueRow row) throws IOException {
        End end = End.of(row.state());
        if (end == null) {
            return;
        }
        String delivery = row.id() + "-" + Ends.mark(run, row);
        for (Webhook webhook : webhooks) {
            if (webhook.events().contains(end)) {
                put(of(webhook), delivery + ".json", json(row, delivery));
            }
        }
        if (mail != null && mail.events().contains(end)) {
            put(ofMail(), delivery + ".txt", text(row));
        }
    }

    /** Where messages for it lie; the same folder as long as its address is the same. */
    Path of(Webhook webhook) {
        String hash = Signature.sha256(webhook.url().getBytes(StandardCharsets.UTF_8));
        return folder.resolve("webhook-" + hash.substring(0, 12));
    }

    Path ofMail() {
        return folder.resolve("mail");
    }

    /** Keeps a message that nobody will try again, for people. */
    void giveUp(Path message) throws IOException {
        Path kept = folder.resolve(GIVEN_UP);
        Files.createDirectories(kept);
        String receiver = folder.relativize(message).getName(0).toString();
        WholeFile.write(
                kept.resolve(receiver + "-" + message.getFileName()), Files.readString(message));
    }

    private static void put(Path folder, String name, String text) throws IOException {
        Files.createDirectories(folder);
        WholeFile.write(folder.resolve(name), text);
    }

    private String json(CatalogueRow row, String delivery) throws IOException {
        return DropResult.json(
                json -> {
                    json.writeStringField("event", "run." + row.state());
                    json.writeStringField("delivery", delivery);
                    json.writeStringField("url", linkOf.apply(row.id()));
                    json.writeObjectFieldStart("run");
                    RowJson.fields(json, row);
                    json.writeEndObject();
                });
    }

    /** The first line is the subject. */
    private String text(CatalogueRow row) {
        String name = row.name().replaceAll("\\p{Cntrl}", " ");
        return String.format(
                Locale.ROOT,
                """
                Sluice: %s %s (%d of %d jobs)

                Run %s of %s has %s.

                Jobs done: %d of %d
                Failures:  %d

                %s
                """,
                name,
                row.state(),
                row.done(),
                row.total(),
                row.id(),
                row.owner(),
                "broken-off".equals(row.state()) ? "broken off" : spoken(row.state()),
                row.done(),
                row.total(),
                row.failures(),
                linkOf.apply(row.id()));
    }

    private static String spoken(String state) {
        return "stopped".equals(state) ? "been stopped" : state;
    }
}
