package dev.sluice.app.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * A small JSON object that a client sends: yes or no, and lists of texts. All else is told as a
 * {@link Problem} with its place.
 */
final class Words {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final SequencedMap<String, Object> fields = new LinkedHashMap<>();

    private Words() {}

    /** An empty body is an object without fields. */
    static Words of(byte[] body) {
        var words = new Words();
        if (body.length == 0) {
            return words;
        }
        try (JsonParser json = FACTORY.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw wrong(json, "an object is wanted");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                words.fields.put(name, value(json, name));
            }
            if (json.nextToken() != null) {
                throw wrong(json, "nothing may follow the object");
            }
            return words;
        } catch (JsonProcessingException e) {
            throw broken(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A list of texts alone, as a part of a form has it. */
    static List<String> list(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return List.of();
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (JsonParser json = FACTORY.createParser(bytes)) {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                throw wrong(json, "`words` is a list of texts");
            }
            List<String> list = texts(json, "words");
            list.forEach(Words::refuseHalves);
            if (json.nextToken() != null) {
                throw wrong(json, "nothing may follow the list");
            }
            return list;
        } catch (JsonProcessingException e) {
            throw broken(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Half a character cannot be written to any file. */
    private static void refuseHalves(String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw Problem.badRequest("a word holds half a character", "send UTF-8");
        }
    }

    boolean flag(String name) {
        return switch (fields.get(name)) {
            case null -> false;
            case Boolean flag -> flag;
            default -> throw Problem.badRequest("`" + name + "` is true or false", null);
        };
    }

    List<String> texts(String name) {
        return switch (fields.get(name)) {
            case null -> List.of();
            case List<?> list -> list.stream().map(String::valueOf).toList();
            default -> throw Problem.badRequest("`" + name + "` is a list of texts", null);
        };
    }

    /**
     * @throws Problem where a field stands here that the operation does not know
     */
    Words only(String... known) {
        for (String name : fields.keySet()) {
            if (!List.of(known).contains(name)) {
                throw Problem.badRequest(
                        "the field `" + name + "` means nothing here",
                        known.length == 0
                                ? "this takes no body"
                                : "what can be given: " + String.join(", ", known));
            }
        }
        return this;
    }

    private static Object value(JsonParser json, String name) throws IOException {
        return switch (json.nextToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case START_ARRAY -> texts(json, name);
            case null, default ->
                    throw wrong(json, "`" + name + "` is neither true, false nor a list of texts");
        };
    }

    private static List<String> texts(JsonParser json, String name) throws IOException {
        var texts = new ArrayList<String>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                throw wrong(json, "`" + name + "` is a list of texts");
            }
            texts.add(json.getText());
        }
        return List.copyOf(texts);
    }

    private static Problem wrong(JsonParser json, String what) {
        return Problem.badRequest(
                "the JSON is not what is wanted "
                        + place(json.currentTokenLocation())
                        + ": "
                        + what,
                null);
    }

    private static Problem broken(JsonProcessingException e) {
        return Problem.badRequest(
                "the JSON cannot be read " + place(e.getLocation()) + ": " + e.getOriginalMessage(),
                null);
    }

    private static String place(@Nullable JsonLocation at) {
        return at == null ? "" : "at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }
}
