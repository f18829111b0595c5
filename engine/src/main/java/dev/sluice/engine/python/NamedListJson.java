package dev.sluice.engine.python;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import dev.sluice.engine.rules.NamedList;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Named lists as the protocol writes them: items, and names for ranges of them. */
final class NamedListJson {
    private NamedListJson() {}

    interface ItemWriter<T> {
        void write(JsonGenerator json, T item) throws IOException;
    }

    static <T> NamedList<T> read(JsonParser json, Json.Reader<T> item) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            return new NamedList<>(Json.list(json, item), List.of());
        }
        List<T> items = new ArrayList<>();
        List<NamedList.Name> names = new ArrayList<>();
        Json.fields(
                json,
                field -> {
                    switch (field) {
                        case "items" -> items.addAll(Json.list(json, item));
                        case "names" -> names.addAll(Json.list(json, NamedListJson::name));
                        default -> {}
                    }
                });
        return new NamedList<>(items, names);
    }

    private static NamedList.Name name(JsonParser json) throws IOException {
        Json.expect(json, JsonToken.START_ARRAY);
        json.nextToken();
        String name = Json.text(json);
        json.nextToken();
        int start = json.getIntValue();
        json.nextToken();
        int end = Json.number(json, -1);
        json.nextToken();
        Json.expect(json, JsonToken.END_ARRAY);
        return new NamedList.Name(name, start, end);
    }

    static <T> void write(JsonGenerator json, NamedList<T> list, ItemWriter<T> item)
            throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("items");
        for (T each : list.items()) {
            item.write(json, each);
        }
        json.writeEndArray();
        if (!list.names().isEmpty()) {
            json.writeArrayFieldStart("names");
            for (NamedList.Name name : list.names()) {
                writeName(json, name);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void writeName(JsonGenerator json, NamedList.Name name) throws IOException {
        json.writeStartArray();
        json.writeString(name.name());
        json.writeNumber(name.start());
        if (name.single()) {
            json.writeNull();
        } else {
            json.writeNumber(name.end());
        }
        json.writeEndArray();
    }
}
