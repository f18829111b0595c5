package dev.sluice.engine.view;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A line of a plan file: its head, a job, a change of the plan or other needs of a job. Used again
 * for each line; fields that nobody knows are passed over.
 */
final class PlanLine {
    /** -1 where the line does not say, as the next. */
    int format;

    int row;
    int plan;
    @Nullable String key;
    @Nullable String task;
    String rule = "";
    boolean checkpoint;
    final IntPool needs = new IntPool();
    final List<Integer> removed = new ArrayList<>();

    /** Names and values in turn. */
    final List<String> wildcards = new ArrayList<>();

    final List<String> inputs = new ArrayList<>();
    final List<String> outputs = new ArrayList<>();

    /** The parser stands at the object's begin, and then at its end. */
    void read(JsonParser json) throws IOException {
        clear();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "format" -> format = json.getIntValue();
                case "plan" -> plan = json.getIntValue();
                case "k" -> key = text(json);
                case "t" -> task = text(json);
                case "r" -> rule = text(json);
                case "w" -> readPairs(json);
                case "i" -> readTexts(json, inputs);
                case "o" -> readTexts(json, outputs);
                case "n" -> {
                    begin(json, JsonToken.START_ARRAY);
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        needs.add(json.getIntValue());
                    }
                }
                case "c" -> checkpoint = json.getBooleanValue();
                case "row" -> row = json.getIntValue();
                case "removed" -> {
                    begin(json, JsonToken.START_ARRAY);
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        removed.add(json.getIntValue());
                    }
                }
                default -> json.skipChildren();
            }
        }
    }

    private void readPairs(JsonParser json) throws IOException {
        begin(json, JsonToken.START_OBJECT);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            wildcards.add(json.currentName());
            json.nextToken();
            wildcards.add(text(json));
        }
    }

    private static void readTexts(JsonParser json, List<String> into) throws IOException {
        begin(json, JsonToken.START_ARRAY);
        while (json.nextToken() != JsonToken.END_ARRAY) {
            into.add(text(json));
        }
    }

    private static String text(JsonParser json) throws IOException {
        begin(json, JsonToken.VALUE_STRING);
        return json.getText();
    }

    private static void begin(JsonParser json, JsonToken wanted) throws IOException {
        if (json.currentToken() != wanted) {
            throw new JsonParseException(json, wanted + " was expected");
        }
    }

    private void clear() {
        format = -1;
        row = -1;
        plan = 0;
        key = null;
        task = null;
        rule = "";
        checkpoint = false;
        needs.clear();
        removed.clear();
        wildcards.clear();
        inputs.clear();
        outputs.clear();
    }
}
