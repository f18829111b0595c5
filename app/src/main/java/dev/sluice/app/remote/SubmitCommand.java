package dev.sluice.app.remote;

import com.fasterxml.jackson.core.JsonProcessingException;

import dev.sluice.app.cli.Guarded;
import dev.sluice.app.cli.ServerCommand;
import dev.sluice.app.console.ExitCode;
import dev.sluice.app.console.Terminal;
import dev.sluice.app.console.UsageError;
import dev.sluice.app.options.OptionTable;
import dev.sluice.app.submit.Bundle;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * {@code sluice submit}: sends a workflow to a server, which runs it; {@code --wait} follows it.
 * Nothing is left behind here.
 */
public final class SubmitCommand {
    private static final String HELP = "help";
    private static final int MOST_ANSWER = 1 << 24;

    private final Terminal terminal;
    private final Path folder;
    private final Map<String, String> environment;
    private final Backoff backoff;

    SubmitCommand(
            Terminal terminal, Path folder, Map<String, String> environment, Backoff backoff) {
        this.terminal = terminal;
        this.folder = folder;
        this.environment = environment;
        this.backoff = backoff;
    }

    /** Whether it is this command that is meant, or its help. */
    public static boolean wanted(String command, List<String> words) {
        return command.equals("submit")
                || (command.equals(HELP) && words.equals(List.of("submit")));
    }

    /** Its options, for completion: its own, a server's, and those of {@code run}. */
    public static OptionTable options() {
        return SubmitWords.table();
    }

    /**
     * The exit code; nothing leaves as an exception.
     *
     * @param command one that is {@link #wanted}
     */
    public static int run(
            Terminal terminal,
            Path folder,
            Map<String, String> environment,
            String command,
            List<String> words) {
        if (command.equals(HELP)) {
            terminal.out().print(help());
            return ExitCode.DONE;
        }
        return new SubmitCommand(terminal, folder, environment, Backoff.USUAL).guarded(words);
    }

    public static String help() {
        return """
        Sends a workflow to a server, which runs it: submit, close the laptop, look in later.

        Usage: sluice submit [DIR|Snakefile] [TARGET…] [OPTIONS] [OPTIONS OF sluice run]

        What is sent: what git tracks, as it lies in the folder; all but what .sluiceignore excludes
        where there is one; the whole folder without git. What looks like a password or a key stays
        here. Prints the run's id, and its link on standard error.

        Options
              --server [URL]    the server (default: $SLUICE_SERVER)
              --token-file FILE whose first line the server is shown (default: $SLUICE_TOKEN)
              --name NAME       what the run is called (default: the folder's name)
          -w, --wait            follow the run and end as it does; Ctrl-C ends the looking only
          -n, --dry-run         show what the server would run, and leave nothing there
              --update RUN      replace files of this run, to mend it; `sluice resume` goes on
              --include-secrets send what looks like passwords and keys, too
              --json            for programs: the answer as JSON; with -n a job a line
          -h, --help            this page

        Targets and all other options are those of `sluice run` (see its help) and are for the server:
        paths are relative to the workflow's folder.

        Exit codes: 0 submitted, 2 not; with --wait those of the run: 0 all is made, 1 something
        failed or it was stopped, 2 the workflow is wrong.
        """;
    }

    int guarded(List<String> words) {
        return Guarded.run(terminal, words.contains("--verbose"), () -> carryOut(words));
    }

    private int carryOut(List<String> words) {
        if (words.contains("--help") || words.contains("-h")) {
            terminal.out().print(help());
            return ExitCode.DONE;
        }
        SubmitWords asked = SubmitWords.read(words, folder, environment);
        try (Server server = asked.server()) {
            Bundle bundle = Packed.of(asked, terminal);
            if (asked.own().has(SubmitWords.UPDATE)) {
                return update(server, asked, bundle);
            }
            checkKnown(server);
            Packed.sayWhatGoes(bundle, server, terminal);
            return asked.own().has(SubmitWords.DRY_RUN)
                    ? plan(server, asked, bundle)
                    : submit(server, asked, bundle);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whoever is not let in is told so before the upload; a server that starts is waited for. */
    private void checkKnown(Server server) {
        for (int attempt = 1; ; attempt++) {
            try {
                HttpResponse<InputStream> answer =
                        server.send(server.request("/api/v1/runs?limit=1").GET().build());
                if (answer.statusCode() == 200) {
                    answer.body().close();
                    return;
                }
                if (!Troubles.passes(answer.statusCode()) || attempt > backoff.startingTries()) {
                    throw Troubles.refused(server, answer);
                }
                answer.body().close();
                Thread.sleep(backoff.before(attempt));
            } catch (IOException e) {
                throw Troubles.unreached(server, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UsageError("interrupted");
            }
        }
    }

    private int submit(Server server, SubmitWords asked, Bundle bundle) throws IOException {
        var fields = new LinkedHashMap<String, String>();
        fields.put("words", JsonText.list(asked.runWords()));
        fields.put("name", asked.own().last(SubmitWords.NAME, bundle.name()));
        Map<String, Object> answer = object(server, send(server, "/api/v1/runs", bundle, fields));
        if (!(answer.get("run") instanceof String run)) {
            throw Troubles.stranger(server);
        }
        String link = link(server, run, answer.get("url"));
        terminal.err().println(link);
        terminal.err().flush();
        terminal.out().println(asked.own().has(SubmitWords.JSON) ? json(run, answer, link) : run);
        terminal.out().flush();
        return asked.own().has(SubmitWords.WAIT) ? follow(server, run, link) : ExitCode.DONE;
    }

    private static String link(Server server, String run, @Nullable Object url) {
        if (url instanceof String text && text.startsWith("http")) {
            return text;
        }
        return url instanceof String text && text.startsWith("/")
                ? server.url() + text
                : server.page(run);
    }

    private int follow(Server server, String run, String link) {
        var saying =
                new Saying(
                        terminal,
                        environment,
                        server,
                        backoff,
                        ServerCommand.ATTACH,
                        run,
                        List.of(),
                        true);
        int code = Watching.untilSignal(terminal, server, () -> run, saying::print);
        terminal.err().println(link);
        return code;
    }

    private int plan(Server server, SubmitWords asked, Bundle bundle) throws IOException {
        var fields = new LinkedHashMap<String, String>();
        fields.put("words", JsonText.list(asked.runWords()));
        HttpResponse<InputStream> answer = answer(server, "/api/v1/plan", bundle, fields);
        if (answer.statusCode() == 422) {
            // The diagnostics are whole as they are.
            UsageError refused = Troubles.refused(server, answer);
            if (refused.text().startsWith("error")) {
                terminal.err().println(refused.text());
                return ExitCode.BAD_INPUT;
            }
            throw refused;
        }
        try (InputStream body = checked(server, answer)) {
            new PlanAnswer(terminal, asked.own().has(SubmitWords.JSON)).print(body);
        }
        return ExitCode.DONE;
    }

    private int update(Server server, SubmitWords asked, Bundle bundle) throws IOException {
        String run = idOf(server, asked.own().last(SubmitWords.UPDATE, ""));
        Packed.sayWhatGoes(bundle, server, terminal);
        InputStream body =
                send(server, "/api/v1/runs/" + run + "/files", bundle, new LinkedHashMap<>());
        Map<String, Object> answer = object(server, body);
        int files = answer.get("files") instanceof List<?> list ? list.size() : 0;
        terminal.err()
                .println(
                        files
                                + (files == 1 ? " file" : " files")
                                + " of run "
                                + run
                                + " replaced; `sluice resume "
                                + run
                                + server.option()
                                + "` goes on with it.");
        terminal.out()
                .println(
                        asked.own().has(SubmitWords.JSON)
                                ? JsonText.object(
                                        json -> {
                                            json.writeStringField("run", run);
                                            json.writeNumberField("files", files);
                                        })
                                : run);
        return ExitCode.DONE;
    }

    /** The server knows which run a word means. */
    private String idOf(Server server, String word) {
        String path = "/api/v1/says/status?word=" + Saying.encoded(word);
        try (var stream =
                SaysStream.open(server, server.request(path).GET().build(), backoff.silence())) {
            return stream.run();
        } catch (IOException e) {
            throw Troubles.unreached(server, e);
        }
    }

    private InputStream send(
            Server server, String path, Bundle bundle, SequencedMap<String, String> fields)
            throws IOException {
        return checked(server, answer(server, path, bundle, fields));
    }

    private HttpResponse<InputStream> answer(
            Server server, String path, Bundle bundle, SequencedMap<String, String> fields)
            throws IOException {
        var line = new UploadLine(terminal, bundle.bytes());
        try {
            return new Upload(bundle, fields, line).send(server, path);
        } catch (Upload.Unpackable e) {
            throw e;
        } catch (IOException e) {
            UsageError trouble = Troubles.unreached(server, e);
            throw new UsageError(
                    trouble.text(),
                    trouble.hint() == null
                            ? "the server may have hung up: the workflow may be larger than it"
                                    + " takes"
                            : trouble.hint());
        } finally {
            line.end();
        }
    }

    private static InputStream checked(Server server, HttpResponse<InputStream> answer) {
        if (answer.statusCode() / 100 != 2) {
            throw Troubles.refused(server, answer);
        }
        return answer.body();
    }

    private static Map<String, Object> object(Server server, InputStream body) throws IOException {
        try (body) {
            return JsonTree.object(body.readNBytes(MOST_ANSWER));
        } catch (JsonProcessingException e) {
            throw Troubles.stranger(server);
        }
    }

    private static String json(String run, Map<String, Object> answer, String link) {
        return JsonText.object(
                json -> {
                    json.writeStringField("run", run);
                    for (String field : List.of("name", "state")) {
                        if (answer.get(field) instanceof String value) {
                            json.writeStringField(field, value);
                        }
                    }
                    json.writeStringField("url", link);
                });
    }
}
