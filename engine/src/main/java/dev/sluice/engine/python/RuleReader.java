package dev.sluice.engine.python;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import dev.sluice.engine.rules.Action;
import dev.sluice.engine.rules.Item;
import dev.sluice.engine.rules.NamedList;
import dev.sluice.engine.rules.Rule;
import dev.sluice.engine.rules.Setting;
import dev.sluice.engine.value.Value;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Reads one rule of the helper's report. */
final class RuleReader {
    private final RuleBookReader book;
    private final RuleBookReader.RunBlocks runBlocks;
    private final int index;

    private String name = "";
    private String snakefile = "";
    private int line;
    private int runLine;
    private String baseDir = "";
    private @Nullable String module;
    private boolean checkpoint;
    private @Nullable String docstring;
    private NamedList<Item> input = NamedList.empty();
    private NamedList<Item> output = NamedList.empty();
    private NamedList<Item> log = NamedList.empty();
    private @Nullable Item benchmark;
    private NamedList<Setting> params = NamedList.empty();
    private Setting threads = new Setting.Literal(new Value.Int(1));
    private SequencedMap<String, Setting> resources = new LinkedHashMap<>();
    private SequencedMap<String, String> constraints = new LinkedHashMap<>();
    private String kind = "norun";
    private @Nullable String action;
    private Setting priority = new Setting.Literal(new Value.Int(0));
    private int retries = -1;
    private @Nullable Setting group;
    private @Nullable String shadow;
    private @Nullable String message;
    private boolean localRule;
    private boolean defaultTarget;
    private boolean handover;
    private Value cache = new Value.Bool(false);
    private @Nullable Setting conda;
    private @Nullable Setting container;
    private boolean containerized;
    private List<String> envModules = List.of();

    RuleReader(RuleBookReader book, RuleBookReader.RunBlocks runBlocks, int index) {
        this.book = book;
        this.runBlocks = runBlocks;
        this.index = index;
    }

    Rule read(JsonParser json) throws IOException {
        Json.fields(
                json,
                field -> {
                    if (!identity(json, field) && !files(json, field) && !execution(json, field)) {
                        options(json, field);
                    }
                });
        return new Rule(
                name,
                index,
                new Rule.Place(snakefile, line, baseDir, module),
                checkpoint,
                docstring,
                input,
                output,
                log,
                benchmark,
                params,
                threads,
                resources,
                constraints,
                action(),
                new Rule.Options(
                        priority,
                        retries,
                        group,
                        shadow,
                        message,
                        localRule,
                        defaultTarget,
                        handover,
                        cache),
                new Rule.Software(conda, container, containerImage(), envModules));
    }

    private boolean identity(JsonParser json, String field) throws IOException {
        switch (field) {
            case "name" -> name = Json.text(json);
            case "line" -> line = Json.number(json, 0);
            case "snakefile" -> snakefile = orEmpty(Json.textOrNull(json));
            case "basedir" -> baseDir = orEmpty(Json.textOrNull(json));
            case "module" -> module = Json.textOrNull(json);
            case "checkpoint" -> checkpoint = Json.flag(json);
            case "docstring" -> docstring = Json.textOrNull(json);
            case "wildcard_constraints" -> constraints = Json.map(json, Json::text);
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean files(JsonParser json, String field) throws IOException {
        switch (field) {
            case "input" -> input = book.items(json);
            case "output" -> output = book.items(json);
            case "log" -> log = book.items(json);
            case "benchmark" ->
                    benchmark =
                            json.currentToken() == JsonToken.VALUE_NULL ? null : book.item(json);
            case "params" -> params = NamedListJson.read(json, ValueJson::readSetting);
            case "threads" -> threads = ValueJson.readSetting(json);
            case "resources" -> resources = Json.map(json, ValueJson::readSetting);
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean execution(JsonParser json, String field) throws IOException {
        switch (field) {
            case "kind" -> kind = Json.text(json);
            case "run_line" -> runLine = Json.number(json, 0);
            case "shell", "script", "notebook", "wrapper", "template_engine", "cwl" -> {
                String text = Json.textOrNull(json);
                if (text != null) {
                    action = text;
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void options(JsonParser json, String field) throws IOException {
        switch (field) {
            case "priority" -> priority = ValueJson.readSetting(json);
            case "retries" -> retries = Json.number(json, -1);
            case "group" -> group = settingOrNull(json);
            case "shadow" -> shadow = Json.textOrNull(json);
            case "message" -> message = Json.textOrNull(json);
            case "localrule" -> localRule = Json.flag(json);
            case "default_target" -> defaultTarget = Json.flag(json);
            case "handover" -> handover = Json.flag(json);
            case "cache" -> cache = ValueJson.read(json);
            case "conda" -> conda = settingOrNull(json);
            case "container" -> container = settingOrNull(json);
            case "containerized" -> containerized = Json.flag(json);
            case "envmodules" -> envModules = Json.list(json, Json::text);
            default -> {}
        }
    }

    private static @Nullable Setting settingOrNull(JsonParser json) throws IOException {
        return json.currentToken() == JsonToken.VALUE_NULL ? null : ValueJson.readSetting(json);
    }

    /** {@code containerized} names the image that holds the workflow's environments. */
    private @Nullable String containerImage() {
        return containerized && container instanceof Setting.Literal(Value.Text(String image))
                ? image
                : null;
    }

    private Action action() {
        return switch (kind) {
            case "shell" -> new Action.Shell(orEmpty(action));
            case "run" -> new Action.Run(runBlocks.source(snakefile, line, runLine));
            case "norun" -> new Action.None();
            default -> new Action.Script(kind, orEmpty(action));
        };
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
