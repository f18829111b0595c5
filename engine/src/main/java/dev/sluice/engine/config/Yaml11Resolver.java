package dev.sluice.engine.config;

import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

import java.util.regex.Pattern;

/**
 * What a plain scalar is, as PyYAML decides it: {@code on} is true, {@code 012} is ten, {@code 1e3}
 * is text.
 */
final class Yaml11Resolver extends Resolver {
    static final Tag VALUE = new Tag("tag:yaml.org,2002:value");

    private static final Pattern BOOL =
            Pattern.compile(
                    "yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF");
    private static final Pattern FLOAT =
            Pattern.compile(
                    "[-+]?[0-9][0-9_]*\\.[0-9_]*(?:[eE][-+][0-9]+)?"
                            + "|\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
                            + "|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\\.[0-9_]*"
                            + "|[-+]?\\.(?:inf|Inf|INF)"
                            + "|\\.(?:nan|NaN|NAN)");
    private static final Pattern INT =
            Pattern.compile(
                    "[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+"
                            + "|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+");
    private static final String TIME = "[0-9][0-9]?:[0-9]{2}:[0-9]{2}(?:\\.[0-9]*)?";
    private static final String ZONE = "(?:Z|[-+][0-9][0-9]?(?::[0-9]{2})?)";
    private static final Pattern TIMESTAMP =
            Pattern.compile(
                    "[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}-[0-9][0-9]?-[0-9][0-9]?"
                            + ("(?:[Tt]|[ \\t]+)" + TIME + "(?:[ \\t]*" + ZONE + ")?"));

    @Override
    protected void addImplicitResolvers() {
        // Ours are decided in resolve.
    }

    @Override
    public Tag resolve(NodeId kind, String value, boolean implicit) {
        return switch (kind) {
            case scalar -> implicit ? plain(value) : Tag.STR;
            case sequence -> Tag.SEQ;
            case mapping, anchor -> Tag.MAP;
        };
    }

    private static Tag plain(String value) {
        if (value.isEmpty()) {
            return Tag.NULL;
        }
        return switch (value.charAt(0)) {
            case 'y', 'Y', 't', 'T', 'f', 'F', 'o', 'O' -> bool(value);
            case 'n', 'N' -> isNull(value) ? Tag.NULL : bool(value);
            case '~' -> isNull(value) ? Tag.NULL : Tag.STR;
            case '<' -> value.equals("<<") ? Tag.MERGE : Tag.STR;
            case '=' -> value.equals("=") ? VALUE : Tag.STR;
            case '-', '+', '.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(value);
            default -> Tag.STR;
        };
    }

    private static boolean isNull(String value) {
        return value.equals("~")
                || value.equals("null")
                || value.equals("Null")
                || value.equals("NULL");
    }

    private static Tag bool(String value) {
        return BOOL.matcher(value).matches() ? Tag.BOOL : Tag.STR;
    }

    private static Tag number(String value) {
        if (FLOAT.matcher(value).matches()) {
            return Tag.FLOAT;
        }
        if (INT.matcher(value).matches()) {
            return Tag.INT;
        }
        return TIMESTAMP.matcher(value).matches() ? Tag.TIMESTAMP : Tag.STR;
    }
}
