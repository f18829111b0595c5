package dev.sluice.app.rest;

import dev.sluice.app.runs.Json;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The description of the API as a test reads it, and whether an answer is as it says. */
final class Description {
    private static final String STREAMS = "streams";

    private final Map<String, Object> whole;

    Description(Map<String, Object> whole) {
        this.whole = whole;
    }

    static Description packed() {
        try (var in = Description.class.getResourceAsStream("openapi.json")) {
            byte[] bytes = Objects.requireNonNull(in).readAllBytes();
            return new Description(Json.object(new String(bytes, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An operation as it is described. */
    record Described(String method, String path, Map<String, Object> text) {
        String id() {
            return String.valueOf(text.get("operationId"));
        }

        boolean isStream() {
            return list(text.get("tags")).contains(STREAMS);
        }

        /** The names of its parameters that stand there. */
        List<Object> parameters(String place, Description description) {
            return list(text.getOrDefault("parameters", List.of())).stream()
                    .map(each -> description.resolved(map(each)))
                    .filter(each -> place.equals(each.get("in")))
                    .map(each -> each.get("name"))
                    .toList();
        }
    }

    List<Described> operations() {
        var all = new ArrayList<Described>();
        map(whole.get("paths"))
                .forEach(
                        (path, methods) ->
                                map(methods)
                                        .forEach(
                                                (method, text) ->
                                                        all.add(
                                                                new Described(
                                                                        method, path, map(text)))));
        return all;
    }

    /** What is wrong with the answer, by place; empty where it is as described. */
    List<String> wrong(String operationId, int status, String type, @Nullable Object answer) {
        Described described =
                operations().stream()
                        .filter(each -> each.id().equals(operationId))
                        .findFirst()
                        .orElseThrow();
        Map<String, Object> responses = map(described.text().get("responses"));
        Object response = responses.get(String.valueOf(status));
        Map<String, Object> found =
                resolved(map(response == null ? responses.get("default") : response));
        Map<String, Object> content = map(found.get("content"));
        if (!content.containsKey(type)) {
            return List.of(operationId + ": " + type + " is not described");
        }
        var wrong = new ArrayList<String>();
        check(operationId, map(map(content.get(type)).get("schema")), answer, wrong);
        return wrong;
    }

    private void check(
            String place, Map<String, Object> given, @Nullable Object value, List<String> wrong) {
        Map<String, Object> schema = resolved(given);
        if (schema.get("anyOf") instanceof List<?> either) {
            if (either.stream().noneMatch(each -> isA(map(each), value))) {
                wrong.add(place + " is none of those described: " + value);
            }
            return;
        }
        if (!hasType(schema, value)) {
            wrong.add(place + " is to be " + schema.get("type") + ": " + value);
            return;
        }
        if (schema.get("enum") instanceof List<?> allowed && !allowed.contains(value)) {
            wrong.add(place + " is to be one of " + allowed + ": " + value);
        }
        if (value instanceof List<?> items) {
            for (int at = 0; at < items.size(); at++) {
                check(place + "[" + at + "]", map(schema.get("items")), items.get(at), wrong);
            }
        } else if (value instanceof Map<?, ?> object) {
            fields(place, schema, map(object), wrong);
        }
    }

    private boolean isA(Map<String, Object> schema, @Nullable Object value) {
        var wrong = new ArrayList<String>();
        check("", schema, value, wrong);
        return wrong.isEmpty();
    }

    private void fields(
            String place,
            Map<String, Object> schema,
            Map<String, Object> object,
            List<String> wrong) {
        Map<String, Object> properties =
                map(schema.getOrDefault("properties", new LinkedHashMap<>()));
        for (Object name : list(schema.getOrDefault("required", List.of()))) {
            if (!object.containsKey(name)) {
                wrong.add(place + " lacks " + name);
            }
        }
        object.forEach(
                (name, value) -> {
                    Object property = properties.get(name);
                    Object further = schema.get("additionalProperties");
                    if (property != null) {
                        check(place + "." + name, map(property), value, wrong);
                    } else if (further instanceof Map<?, ?> each) {
                        check(place + "." + name, map(each), value, wrong);
                    } else if (!Boolean.TRUE.equals(further)) {
                        wrong.add(place + "." + name + " is not described");
                    }
                });
    }

    private static boolean hasType(Map<String, Object> schema, @Nullable Object value) {
        Object type = schema.get("type");
        List<?> types = type instanceof List<?> several ? several : List.of(type);
        return types.contains(typeOf(value))
                || (types.contains("number") && value instanceof Number);
    }

    private static String typeOf(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String text -> "string";
            case Boolean flag -> "boolean";
            case Integer number -> "integer";
            case Long number -> "integer";
            case Number number -> "number";
            case List<?> list -> "array";
            default -> "object";
        };
    }

    private Map<String, Object> resolved(Map<String, Object> given) {
        Object reference = given.get("$ref");
        if (reference == null) {
            return given;
        }
        Map<String, Object> at = whole;
        for (String step : ((String) reference).substring(2).split("/", -1)) {
            at = map(at.get(step));
        }
        return at;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(@Nullable Object value) {
        return (List<Object>) Objects.requireNonNull(value);
    }
}
