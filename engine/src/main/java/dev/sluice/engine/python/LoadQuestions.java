package dev.sluice.engine.python;

import dev.sluice.dsl.diagnostic.Diagnostic;
import dev.sluice.dsl.diagnostic.Location;
import dev.sluice.dsl.python.PythonProgram;
import dev.sluice.dsl.source.SourceFile;
import dev.sluice.dsl.source.Span;
import dev.sluice.engine.config.ConfigReader;
import dev.sluice.engine.config.ConfigTrouble;
import dev.sluice.engine.config.SchemaCheck;
import dev.sluice.engine.evaluate.PythonError;
import dev.sluice.engine.value.Value;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;

/** Answers the helper: Snakefiles become programs, config files values, schemas judgements. */
final class LoadQuestions implements Questions {
    private final Sources sources;
    private final HelperLog log;
    private final List<Diagnostic> diagnostics = new ArrayList<>();

    /** Made when the first schema is asked for: most workflows have none. */
    private @Nullable SchemaCheck schemas;

    LoadQuestions(Sources sources, HelperLog log) {
        this.sources = sources;
        this.log = log;
    }

    /** What was said about files on the way, Snakefiles apart. */
    List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    @Override
    public Reply answer(String question, SequencedMap<String, Value> arguments) {
        return switch (question) {
            case "compile" -> compile(text(arguments, "path"));
            case "config" -> config(text(arguments, "path"));
            case "validate" -> validate(arguments);
            case "log" -> {
                log.log(text(arguments, "level"), text(arguments, "message"));
                yield new Reply.Of(new Value.Nothing());
            }
            default -> failed("python", null, "Sluice knows no question " + question);
        };
    }

    private Reply compile(String path) {
        try {
            PythonProgram program = sources.compile(path).program();
            return program == null
                    ? diagnosed()
                    : new Reply.Of(map("program", new Value.Text(program.text())));
        } catch (Sources.Unreadable e) {
            return failed(
                    "workflow",
                    e.missing() ? LoadCode.NO_SNAKEFILE : LoadCode.UNREADABLE_FILE,
                    e.text());
        }
    }

    private Reply config(String path) {
        String text;
        try {
            text = text(path);
        } catch (Sources.Unreadable e) {
            return failed(
                    "workflow",
                    e.missing() ? LoadCode.MISSING_CONFIG : LoadCode.UNREADABLE_FILE,
                    e.text());
        }
        try {
            return new Reply.Of(ConfigReader.read(text));
        } catch (ConfigTrouble e) {
            SourceFile source = new SourceFile(sources.shown(path), text);
            diagnostics.add(
                    Diagnostic.of(
                            LoadCode.BAD_CONFIG,
                            "neither JSON nor YAML: " + e.text(),
                            place(source, e)));
            return diagnosed();
        }
    }

    private static Location place(SourceFile source, ConfigTrouble trouble) {
        if (trouble.line() == 0) {
            return new Location.InFile(source.name());
        }
        Span line = source.lineSpan(trouble.line());
        int start = Math.min(line.start() + trouble.column() - 1, line.end());
        return new Location.InText(
                source, new Span(start, Math.min(start + 1, Math.max(line.end(), start))));
    }

    private String text(String path) throws Sources.Unreadable {
        String text;
        try {
            // A decoder of one's own refuses what String would replace in silence.
            text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(sources.bytes(path)))
                            .toString();
        } catch (CharacterCodingException e) {
            throw new Sources.Unreadable(
                    "cannot read " + sources.shown(path) + ": it is not UTF-8", false);
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private Reply validate(SequencedMap<String, Value> arguments) {
        boolean setDefaults = new Value.Bool(true).equals(arguments.get("set_default"));
        Value data = arguments.getOrDefault("data", new Value.Nothing());
        String schema = text(arguments, "schema");
        if (schemas == null) {
            schemas = new SchemaCheck(this::text);
        }
        try {
            SchemaCheck.Checked checked = schemas.check(data, schema, setDefaults);
            if (checked.problems().isEmpty()) {
                return new Reply.Of(map("data", checked.data()));
            }
            List<Value> errors = new ArrayList<>();
            for (SchemaCheck.Problem problem : checked.problems()) {
                errors.add(
                        new Value.MapOf(
                                List.of(
                                        entry("path", new Value.Text(problem.path())),
                                        entry("message", new Value.Text(problem.message())))));
            }
            return new Reply.Of(map("errors", new Value.ListOf(errors)));
        } catch (SchemaCheck.BadSchema e) {
            return failed("workflow", LoadCode.BAD_SCHEMA, String.valueOf(e.getMessage()));
        }
    }

    private static Reply diagnosed() {
        return new Reply.Failed(PythonError.of("diagnosed", "WorkflowError", "diagnosed"));
    }

    private static Reply failed(String kind, @Nullable LoadCode code, String message) {
        return new Reply.Failed(
                new PythonError(
                        kind,
                        code == null ? null : code.word(),
                        "WorkflowError",
                        message,
                        null,
                        0,
                        -1,
                        -1,
                        List.of(),
                        List.of(),
                        null));
    }

    private static String text(SequencedMap<String, Value> arguments, String name) {
        return arguments.get(name) instanceof Value.Text(String text) ? text : "";
    }

    private static Value map(String name, Value value) {
        return new Value.MapOf(List.of(entry(name, value)));
    }

    private static Value.Entry entry(String name, Value value) {
        return new Value.Entry(new Value.Text(name), value);
    }
}
