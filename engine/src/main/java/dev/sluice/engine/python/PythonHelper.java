package dev.sluice.engine.python;

import com.fasterxml.jackson.core.JsonParser;

import dev.sluice.engine.evaluate.Answer;
import dev.sluice.engine.evaluate.Call;
import dev.sluice.engine.evaluate.CheckpointDone;
import dev.sluice.engine.evaluate.Evaluator;
import dev.sluice.engine.evaluate.FormatRequest;
import dev.sluice.engine.evaluate.PythonError;
import dev.sluice.engine.evaluate.ScriptRequest;
import dev.sluice.engine.rules.Item;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Asks the helper process that holds the loaded workflow. One thread at a time; only {@link #stop}
 * may come from another one. Once the process is gone each question is answered by an error of kind
 * {@code shutdown}.
 */
public final class PythonHelper implements Evaluator, AutoCloseable {
    private final HelperProcess process;
    private final Conversation conversation;
    private final RuleBookReader.RunBlocks runBlocks;

    /** How the process ended, once that is known. */
    private @Nullable String ending;

    private volatile boolean stopped;

    PythonHelper(HelperProcess process, Questions questions, RuleBookReader.RunBlocks runBlocks) {
        this.process = process;
        this.conversation = new Conversation(process.frames(), questions);
        this.runBlocks = runBlocks;
    }

    @Override
    public List<Answer> call(List<Call> calls) {
        return batch(
                "call",
                calls.size(),
                json -> {
                    json.writeArrayFieldStart("calls");
                    for (Call call : calls) {
                        json.writeStartObject();
                        json.writeNumberField("fn", call.function().handle());
                        json.writeStringField("as", expect(call.expect()));
                        ArgumentsJson.write(json, call.arguments(), call.function()::accepts);
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                },
                (json, index) -> {
                    return switch (calls.get(index).expect()) {
                        case FILES ->
                                new Answer.Files(NamedListJson.read(json, PythonHelper::file));
                        case VALUE -> new Answer.Of(ValueJson.read(json));
                    };
                });
    }

    private static String expect(Call.Expect expect) {
        return switch (expect) {
            case FILES -> "files";
            case VALUE -> "value";
        };
    }

    private static Item.Path file(JsonParser json) throws IOException {
        if (new RuleBookReader((snakefile, rule, run) -> "").item(json) instanceof Item.Path path) {
            return path;
        }
        throw new JsonTrouble("a function answered with a function");
    }

    @Override
    public List<Answer> format(List<FormatRequest> requests) {
        return batch(
                "format",
                requests.size(),
                json -> {
                    json.writeArrayFieldStart("items");
                    for (FormatRequest request : requests) {
                        json.writeStartObject();
                        json.writeStringField("template", request.template());
                        json.writeStringField("what", request.what());
                        json.writeNumberField("jobid", request.job().jobId());
                        ArgumentsJson.write(json, request.job(), argument -> true);
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                },
                (json, index) -> new Answer.Formatted(Json.text(json)));
    }

    @Override
    public List<Answer> prepareScripts(List<ScriptRequest> requests) {
        return batch(
                "script",
                requests.size(),
                json -> {
                    json.writeArrayFieldStart("jobs");
                    for (ScriptRequest request : requests) {
                        json.writeStartObject();
                        json.writeStringField("kind", request.kind());
                        json.writeStringField("path", request.path());
                        json.writeNumberField("jobid", request.job().jobId());
                        ArgumentsJson.write(json, request.job(), argument -> true);
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                },
                (json, index) -> script(json));
    }

    private static Answer script(JsonParser json) throws IOException {
        List<String> argv = new ArrayList<>();
        SequencedMap<String, String> environment = new LinkedHashMap<>();
        List<String> files = new ArrayList<>();
        Json.fields(
                json,
                name -> {
                    switch (name) {
                        case "argv" -> argv.addAll(Json.list(json, Json::text));
                        case "env" -> environment.putAll(Json.map(json, Json::text));
                        case "files" -> files.addAll(Json.list(json, Json::text));
                        default -> {}
                    }
                });
        return new Answer.Script(List.copyOf(argv), environment, List.copyOf(files));
    }

    @Override
    public void checkpointsDone(List<CheckpointDone> done) {
        ask(
                "checkpoints",
                json -> {
                    json.writeArrayFieldStart("done");
                    for (CheckpointDone each : done) {
                        json.writeStartObject();
                        json.writeStringField("rule", each.rule());
                        json.writeObjectFieldStart("wildcards");
                        for (var wildcard : each.wildcards().entrySet()) {
                            json.writeStringField(wildcard.getKey(), wildcard.getValue());
                        }
                        json.writeEndObject();
                        json.writeFieldName("output");
                        NamedListJson.write(
                                json, each.output(), (out, path) -> out.writeString(path));
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                },
                json -> null);
    }

    /**
     * Calls the workflow's {@code onstart}, {@code onsuccess} or {@code onerror}.
     *
     * @return what went wrong, or null
     */
    public @Nullable PythonError hook(String name, String log) {
        return ask(
                        "hook",
                        json -> {
                            json.writeStringField("name", name);
                            json.writeStringField("log", log);
                        },
                        json -> null)
                .error();
    }

    /**
     * Writes into {@code file} all that a fresh process needs to load the same workflow without
     * asking.
     *
     * @return what went wrong, or null
     */
    public @Nullable PythonError bundle(Path file) {
        return ask("bundle", json -> json.writeStringField("path", file.toString()), json -> null)
                .error();
    }

    /**
     * Pickles of live objects, in base64, by handle; those that cannot be pickled are left out. The
     * process of a {@code run:} block has no handles and needs them.
     */
    public SequencedMap<Integer, String> export(List<Integer> handles) {
        SequencedMap<Integer, String> pickles = new LinkedHashMap<>();
        ask(
                "export",
                json -> {
                    json.writeArrayFieldStart("handles");
                    for (int handle : handles) {
                        json.writeNumber(handle);
                    }
                    json.writeEndArray();
                },
                json -> {
                    Json.fields(
                            json,
                            name -> {
                                String pickle = Json.textOrNull(json);
                                if (pickle != null) {
                                    pickles.put(Integer.valueOf(name), pickle);
                                }
                            });
                    return pickles;
                });
        return pickles;
    }

    Conversation.Result<Hello> hello(LoadSettings settings) {
        return ask(
                "hello",
                json -> {
                    json.writeNumberField("protocol", Hello.PROTOCOL);
                    json.writeFieldName("settings");
                    ValueJson.write(json, settings.toValue());
                },
                Hello::read);
    }

    Conversation.Result<RuleBookReader.Report> load(Path snakefile) {
        return ask(
                "load",
                json -> json.writeStringField("snakefile", snakefile.toString()),
                json -> new RuleBookReader(runBlocks).read(json));
    }

    /**
     * From here on a signal to our process does not end the helper at once, so that a run that is
     * being stopped can still call its hooks; the caller ends it.
     */
    public void spareAtShutdown() {
        process.spareAtShutdown();
    }

    /** Ends the helper at once, from any thread; whoever waits for an answer learns it. */
    public void stop() {
        stopped = true;
        process.kill();
    }

    @Override
    public void close() {
        process.close();
    }

    private interface ResultReader {
        Answer read(JsonParser json, int index) throws IOException;
    }

    private List<Answer> batch(String question, int size, Json.Writer body, ResultReader reader) {
        if (size == 0) {
            return List.of();
        }
        Conversation.Result<List<Answer>> result =
                ask(
                        question,
                        body,
                        json -> {
                            List<Answer> answers = new ArrayList<>(size);
                            Json.list(
                                    json,
                                    each -> answers.add(result(each, answers.size(), reader)));
                            return answers;
                        });
        List<Answer> answers = result.answer();
        if (answers != null && answers.size() == size) {
            return answers;
        }
        PythonError error = result.error();
        if (error == null) {
            error =
                    PythonError.of(
                            "shutdown", "", "the helper gave too few answers to " + question);
        }
        return Collections.nCopies(size, new Answer.Failed(error));
    }

    private static Answer result(JsonParser json, int index, ResultReader reader)
            throws IOException {
        List<Answer> found = new ArrayList<>(1);
        Json.fields(
                json,
                name -> {
                    switch (name) {
                        case "ok" -> found.add(reader.read(json, index));
                        case "error" -> found.add(ErrorJson.readAnswer(json));
                        default -> {}
                    }
                });
        return found.getFirst();
    }

    private <T> Conversation.Result<T> ask(
            String question, Json.Writer body, Json.Reader<@Nullable T> answer) {
        if (ending == null) {
            try {
                return conversation.ask(question, body, answer);
            } catch (IOException | HelperGone e) {
                ending = stopped ? "it was stopped" : process.ending();
            }
        }
        PythonError error =
                new PythonError(
                        "shutdown",
                        "helper-ended",
                        "",
                        "the Python process that runs the Snakefile is gone: " + ending,
                        null,
                        0,
                        -1,
                        -1,
                        List.of(),
                        List.of(),
                        stopped ? null : "what it said last stands above");
        return new Conversation.Result<>(null, error);
    }
}
