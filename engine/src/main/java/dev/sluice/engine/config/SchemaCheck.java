package dev.sluice.engine.config;

import dev.harrel.jsonschema.Dialects;
import dev.harrel.jsonschema.Error;
import dev.harrel.jsonschema.JsonSchemaException;
import dev.harrel.jsonschema.SchemaResolver;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.sluice.engine.value.Value;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/**
 * Judges data by JSON Schema 2020-12 and fills in defaults, as Snakemake's {@code validate()} does.
 * Schemas are JSON or YAML, and may refer to others next to them. Never fetches one from elsewhere.
 */
public final class SchemaCheck {
    /** Reads schema files. */
    public interface SchemaFiles {
        String text(String path) throws Exception;
    }

    /** A schema that cannot be used, in words. */
    public static final class BadSchema extends Exception {
        private static final long serialVersionUID = 1L;

        BadSchema(String message) {
            super(message);
        }
    }

    /**
     * @param path what is wrong, as a path of keys from the top; empty for the data as a whole
     */
    public record Problem(String path, String message) {}

    /**
     * The data with defaults filled in where that was asked for; usable only when there is no
     * problem.
     */
    public record Checked(Value data, List<Problem> problems) {}

    private final SchemaFiles files;
    private final Map<String, Value> read = new HashMap<>();
    private final Map<String, Prepared> prepared = new HashMap<>();

    public SchemaCheck(SchemaFiles files) {
        this.files = files;
    }

    public Checked check(Value data, String schemaPath, boolean setDefaults) throws BadSchema {
        Value filled = data;
        if (setDefaults) {
            filled = new Defaults(this::referred, schemaPath).fill(data, referred(schemaPath));
        }
        try {
            // Every row of a table is judged on its own, so the schema is prepared but once.
            Prepared schema = prepared(schemaPath);
            Validator.Result result =
                    schema.validator.validate(schema.uri, new ValueNode(filled, ""));
            return new Checked(filled, result.isValid() ? List.of() : problems(result));
        } catch (JsonSchemaException e) {
            throw new BadSchema("the schema " + schemaPath + " cannot be used: " + e.getMessage());
        }
    }

    private record Prepared(Validator validator, URI uri) {}

    private Prepared prepared(String schemaPath) throws BadSchema {
        Prepared known = prepared.get(schemaPath);
        if (known != null) {
            return known;
        }
        Validator validator =
                new ValidatorFactory()
                        .withDefaultDialect(new Dialects.Draft2020Dialect())
                        .withJsonNodeFactory(new ValueNode.Factory())
                        .withSchemaResolver(this::resolve)
                        .withDisabledSchemaValidation(true)
                        .createValidator();
        URI uri = Path.of(schemaPath).toAbsolutePath().normalize().toUri();
        validator.registerSchema(uri, new ValueNode(referred(schemaPath), ""));
        Prepared made = new Prepared(validator, uri);
        prepared.put(schemaPath, made);
        return made;
    }

    /** What a schema calls itself does not matter: references are resolved by its place. */
    private static Value withoutOwnId(Value schema) {
        if (!(schema instanceof Value.MapOf(List<Value.Entry> entries))) {
            return schema;
        }
        return new Value.MapOf(
                entries.stream()
                        .filter(
                                e ->
                                        !(e.key() instanceof Value.Text(String key))
                                                || !isOwnName(key))
                        .toList());
    }

    private static boolean isOwnName(String key) {
        return key.equals("$id") || key.equals("$schema");
    }

    private Value schema(String path) throws BadSchema {
        Value known = read.get(path);
        if (known != null) {
            return known;
        }
        try {
            Value schema = ConfigReader.readAny(files.text(path));
            read.put(path, schema);
            return schema;
        } catch (ConfigTrouble e) {
            String place = e.line() > 0 ? ":" + e.line() + ":" + e.column() : "";
            throw new BadSchema(
                    "the schema " + path + place + " is neither JSON nor YAML: " + e.text());
        } catch (Exception e) {
            throw new BadSchema("the schema " + path + " cannot be read: " + e.getMessage());
        }
    }

    private Value referred(String path) throws BadSchema {
        return withoutOwnId(schema(path));
    }

    private SchemaResolver.Result resolve(String uri) {
        if (!uri.startsWith("file:")) {
            return SchemaResolver.Result.empty();
        }
        try {
            Value schema = referred(Path.of(URI.create(uri)).toString());
            return SchemaResolver.Result.fromJsonNode(new ValueNode(schema, ""));
        } catch (BadSchema e) {
            return SchemaResolver.Result.empty();
        }
    }

    /**
     * The innermost complaints, one a place: what only repeats that a part is wrong is left out.
     */
    private static List<Problem> problems(Validator.Result result) {
        SequencedSet<Problem> problems = new LinkedHashSet<>();
        for (Error error : result.getErrors()) {
            problems.add(new Problem(keys(error.getInstanceLocation()), error.getError()));
        }
        return List.copyOf(problems);
    }

    private static String keys(String pointer) {
        return pointer.isEmpty()
                ? ""
                : pointer.substring(1).replace("/", ".").replace("~1", "/").replace("~0", "~");
    }
}
