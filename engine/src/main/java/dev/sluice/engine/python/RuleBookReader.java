package dev.sluice.engine.python;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import dev.sluice.engine.rules.Flags;
import dev.sluice.engine.rules.Item;
import dev.sluice.engine.rules.NamedList;
import dev.sluice.engine.rules.ResourceOptions;
import dev.sluice.engine.rules.Rule;
import dev.sluice.engine.rules.RuleBook;
import dev.sluice.engine.rules.Setting;
import dev.sluice.engine.value.Value;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Reads the helper's report of a loaded workflow straight into a rule book. */
final class RuleBookReader {
    /** Where the text of a {@code run:} block is looked up. */
    interface RunBlocks {
        String source(String snakefile, int ruleLine, int runLine);
    }

    private final RunBlocks runBlocks;

    /** Equal flags are shared, since most files of a large workflow have the same few. */
    private final Map<Flags, Flags> flags = new HashMap<>();

    private final List<Rule> rules = new ArrayList<>();
    private List<List<String>> ruleOrder = List.of();
    private List<String> localRules = List.of();
    private @Nullable String defaultTarget;
    private Value config = new Value.MapOf(List.of());
    private SequencedMap<String, Value> globals = new LinkedHashMap<>();
    private String shellPrefix = "set -euo pipefail; ";
    private String shellSuffix = "";
    private @Nullable String shellExecutable;
    private SequencedMap<String, @Nullable String> environment = new LinkedHashMap<>();
    private List<String> envvars = List.of();
    private List<String> hooks = List.of();
    private List<String> snakefiles = List.of();
    private @Nullable String workdir;
    private SequencedMap<String, String> resourceScopes = new LinkedHashMap<>();
    private boolean forkSafe = true;
    private SequencedMap<String, Setting> defaultResources = new LinkedHashMap<>();
    private SequencedMap<String, SequencedMap<String, Setting>> setResources =
            new LinkedHashMap<>();
    private SequencedMap<String, Setting> setThreads = new LinkedHashMap<>();

    RuleBookReader(RunBlocks runBlocks) {
        this.runBlocks = runBlocks;
    }

    /** What a load reports: the rules, and what the command line says of resources. */
    record Report(RuleBook book, ResourceOptions resourceOptions) {}

    Report read(JsonParser json) throws IOException {
        Json.fields(json, name -> field(json, name));
        return new Report(book(), new ResourceOptions(defaultResources, setResources, setThreads));
    }

    private RuleBook book() {
        return new RuleBook(
                List.copyOf(rules),
                ruleOrder,
                localRules,
                defaultTarget,
                config,
                globals,
                new RuleBook.Shell(shellPrefix, shellSuffix, shellExecutable),
                environment,
                envvars,
                hooks,
                snakefiles,
                workdir,
                resourceScopes,
                forkSafe);
    }

    private void field(JsonParser json, String name) throws IOException {
        switch (name) {
            case "rules" -> Json.list(json, this::rule);
            case "ruleorder" -> ruleOrder = Json.list(json, order -> Json.list(order, Json::text));
            case "localrules" -> localRules = Json.list(json, Json::text);
            case "default_target" -> defaultTarget = Json.textOrNull(json);
            case "config" -> config = ValueJson.read(json);
            case "globals" -> globals = Json.map(json, ValueJson::read);
            case "shell_prefix" -> shellPrefix = orEmpty(Json.textOrNull(json));
            case "shell_suffix" -> shellSuffix = orEmpty(Json.textOrNull(json));
            case "shell_executable" -> shellExecutable = Json.textOrNull(json);
            case "environ" -> environment = Json.map(json, Json::textOrNull);
            case "envvars" -> envvars = Json.list(json, Json::text);
            case "hooks" -> hooks = Json.list(json, Json::text);
            case "snakefiles" -> snakefiles = Json.list(json, Json::text);
            case "workdir" -> workdir = Json.textOrNull(json);
            case "resource_scopes" -> resourceScopes = Json.map(json, Json::text);
            case "fork_safe" -> forkSafe = Json.flag(json);
            default -> resources(json, name);
        }
    }

    private void resources(JsonParser json, String name) throws IOException {
        switch (name) {
            case "default_resources" -> defaultResources = Json.map(json, ValueJson::readSetting);
            case "set_resources" ->
                    setResources = Json.map(json, of -> Json.map(of, ValueJson::readSetting));
            case "set_threads" -> setThreads = Json.map(json, ValueJson::readSetting);
            default -> {}
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private Rule rule(JsonParser json) throws IOException {
        Rule rule = new RuleReader(this, runBlocks, rules.size()).read(json);
        rules.add(rule);
        return rule;
    }

    NamedList<Item> items(JsonParser json) throws IOException {
        return NamedListJson.read(json, this::item);
    }

    Item item(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            return new Item.Path(json.getText(), Flags.NONE, null);
        }
        var read =
                new Object() {
                    @Nullable String text;
                    Flags flags = Flags.NONE;
                    @Nullable String producer;
                    boolean unpack;
                    final ValueJson.CallableFields callable = new ValueJson.CallableFields();
                };
        Json.fields(
                json,
                name -> {
                    switch (name) {
                        case "s" -> read.text = Json.text(json);
                        case "flags" -> read.flags = flags(json);
                        case "rule" -> read.producer = Json.textOrNull(json);
                        case "unpack" -> read.unpack = Json.flag(json);
                        default -> read.callable.take(json, name);
                    }
                });
        if (read.text != null) {
            return new Item.Path(read.text, read.flags, read.producer);
        }
        if (!read.callable.found()) {
            throw new JsonTrouble("a file is neither a path nor a function");
        }
        return new Item.Function(read.callable.callable(), read.flags, read.unpack);
    }

    private Flags flags(JsonParser json) throws IOException {
        Flags read = new Flags(Json.map(json, ValueJson::read));
        Flags known = flags.putIfAbsent(read, read);
        return known == null ? read : known;
    }
}
