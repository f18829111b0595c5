package dev.sluice.engine.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;

import dev.sluice.engine.value.Value;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads JSON as Python's {@code json} does, which allows {@code NaN} and lets the last of two equal
 * keys count.
 */
final class JsonReader {
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .maxNestingDepth(900)
                                    .maxNumberLength(1_000_000)
                                    .build())
                    .build();

    private JsonReader() {}

    /** The value, or nothing where the text is no JSON document. */
    static Optional<Value> read(String text) {
        if (!looksLikeJson(text)) {
            return Optional.empty();
        }
        try (JsonParser json = FACTORY.createParser(text)) {
            json.nextToken();
            Value value = value(json);
            return json.nextToken() == null ? Optional.of(value) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** A lone scalar is the same in YAML, or no config at all. */
    private static boolean looksLikeJson(String text) {
        String start = text.stripLeading();
        return start.startsWith("{") || start.startsWith("[");
    }

    private static Value value(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT -> object(json);
            case START_ARRAY -> {
                List<Value> items = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(json));
                }
                yield new Value.ListOf(items);
            }
            case VALUE_STRING -> new Value.Text(json.getText());
            case VALUE_NUMBER_INT -> Scalars.ofBig(json.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> new Value.Real(json.getDoubleValue());
            case VALUE_TRUE -> new Value.Bool(true);
            case VALUE_FALSE -> new Value.Bool(false);
            case VALUE_NULL -> new Value.Nothing();
            default -> throw new IOException("unexpected " + json.currentToken());
        };
    }

    private static Value object(JsonParser json) throws IOException {
        Map<String, Value> fields = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            fields.put(name, value(json));
        }
        List<Value.Entry> entries = new ArrayList<>();
        fields.forEach((name, value) -> entries.add(new Value.Entry(new Value.Text(name), value)));
        return new Value.MapOf(entries);
    }
}
