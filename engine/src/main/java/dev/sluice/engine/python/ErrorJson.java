package dev.sluice.engine.python;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import dev.sluice.engine.evaluate.Answer;
import dev.sluice.engine.evaluate.PythonError;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Errors of Python as the protocol writes them. */
final class ErrorJson {
    private String kind = "python";
    private @Nullable String code;
    private String type = "";
    private String message = "";
    private @Nullable String file;
    private int line;
    private int column = -1;
    private int endColumn = -1;
    private @Nullable String text;
    private List<PythonError.Frame> frames = List.of();
    private List<String> notes = List.of();
    private @Nullable String hint;
    private String rule = "";
    private SequencedMap<String, String> wildcards = new LinkedHashMap<>();
    private String target = "";
    private String missing = "";

    private ErrorJson() {}

    static PythonError read(JsonParser json) throws IOException {
        return fields(json).error();
    }

    /** The answer that an error is: some of them are no failures but a request to wait. */
    static Answer readAnswer(JsonParser json) throws IOException {
        ErrorJson read = fields(json);
        return switch (read.kind) {
            case "checkpoint" -> new Answer.NeedsCheckpoint(read.rule, read.wildcards, read.target);
            case "missing-file" -> new Answer.NeedsFile(read.missing, read.error());
            default -> new Answer.Failed(read.error());
        };
    }

    private static ErrorJson fields(JsonParser json) throws IOException {
        ErrorJson read = new ErrorJson();
        Json.fields(json, name -> read.field(json, name));
        return read;
    }

    private PythonError error() {
        // Python cuts the column of a syntax error down to the line as it stands on the disk, which
        // is not always the program's: then it says nothing.
        int known = text != null && column >= text.length() ? -1 : column;
        return new PythonError(
                kind, code, type, message, file, line, known, endColumn, frames, notes, hint);
    }

    private void field(JsonParser json, String name) throws IOException {
        switch (name) {
            case "kind" -> kind = Json.text(json);
            case "code" -> code = Json.textOrNull(json);
            case "type" -> type = Json.text(json);
            case "message" -> message = Json.text(json);
            case "file" -> file = Json.textOrNull(json);
            case "line" -> line = Json.number(json, 0);
            case "text" -> text = Json.textOrNull(json);
            case "column" -> column = Json.number(json, -1);
            case "end_column" -> endColumn = Json.number(json, -1);
            case "frames" -> frames = Json.list(json, ErrorJson::frame);
            case "notes" -> notes = Json.list(json, Json::text);
            case "hint" -> hint = Json.textOrNull(json);
            case "rule" -> rule = Json.text(json);
            case "wildcards" -> wildcards = Json.map(json, Json::text);
            case "target" -> target = Json.text(json);
            case "missing" -> missing = Json.text(json);
            default -> {}
        }
    }

    private static PythonError.Frame frame(JsonParser json) throws IOException {
        Json.expect(json, JsonToken.START_ARRAY);
        json.nextToken();
        String file = Json.text(json);
        json.nextToken();
        int line = Json.number(json, 0);
        json.nextToken();
        String function = Json.text(json);
        json.nextToken();
        Json.expect(json, JsonToken.END_ARRAY);
        return new PythonError.Frame(file, line, function);
    }

    /** What we answer with, where a question of the helper fails. */
    static void write(JsonGenerator json, PythonError error) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", error.kind());
        json.writeStringField("code", error.code());
        json.writeStringField("type", error.type());
        json.writeStringField("message", error.message());
        json.writeStringField("file", error.file());
        if (error.line() > 0) {
            json.writeNumberField("line", error.line());
        }
        if (error.column() >= 0) {
            json.writeNumberField("column", error.column());
        }
        json.writeArrayFieldStart("frames");
        json.writeEndArray();
        json.writeStringField("hint", error.hint());
        json.writeEndObject();
    }
}
