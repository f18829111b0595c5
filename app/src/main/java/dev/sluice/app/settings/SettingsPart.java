package dev.sluice.app.settings;

import dev.sluice.app.console.UsageError;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A mapping of the settings file that is read key by key; knows which keys nobody asked for. */
final class SettingsPart {
    private static final Pattern BYTES =
            Pattern.compile("(\\d{1,12}) ?([KMGT]i?)?B?", Pattern.CASE_INSENSITIVE);

    private final Path file;
    private final String name;
    private final Node whole;
    private final SequencedMap<String, NodeTuple> open = new LinkedHashMap<>();
    private final SequencedMap<String, Node> taken = new LinkedHashMap<>();
    private final List<String> known = new ArrayList<>();

    private SettingsPart(Path file, String name, MappingNode node) {
        this.file = file;
        this.name = name;
        whole = node;
        for (NodeTuple tuple : node.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw wrong(tuple.getKeyNode(), "a key of " + name + " has to be a word");
            }
            if (open.put(key.getValue(), tuple) != null) {
                throw wrong(key, "`" + key.getValue() + "` stands twice in " + name);
            }
        }
    }

    /**
     * @param name as messages say it
     */
    static SettingsPart of(Path file, String name, Node node) {
        if (node instanceof MappingNode mapping) {
            return new SettingsPart(file, name, mapping);
        }
        throw wrong(file, node, name + " has to be a mapping of keys to values");
    }

    @Nullable SettingsPart part(String key) {
        Node node = take(key);
        return node == null ? null : of(file, "`" + key + "`", node);
    }

    List<SettingsPart> parts(String key) {
        var parts = new ArrayList<SettingsPart>();
        for (Node each : items(key)) {
            parts.add(of(file, "each of `" + key + "`", each));
        }
        return parts;
    }

    String text(String key, String otherwise) {
        Node node = take(key);
        return node == null ? otherwise : scalar(key, node);
    }

    String needed(String key) {
        String text = text(key, "");
        if (text.isBlank()) {
            throw wrong(whole, name + " needs `" + key + "`");
        }
        return text;
    }

    List<String> texts(String key, List<String> otherwise) {
        List<String> texts = new ArrayList<>();
        for (Node each : items(key)) {
            texts.add(scalar(key, each));
        }
        return texts.isEmpty() ? otherwise : texts;
    }

    List<String> neededTexts(String key) {
        List<String> texts = texts(key, List.of());
        if (texts.isEmpty()) {
            throw wrong(whole, name + " needs `" + key + "`");
        }
        return texts;
    }

    long number(String key, long least, long otherwise) {
        Node node = take(key);
        if (node == null) {
            return otherwise;
        }
        String text = scalar(key, node);
        boolean number = node.getTag().equals(Tag.INT) && text.matches("\\d{1,9}");
        if (!number || Long.parseLong(text) < least) {
            throw wrong(
                    node, "`" + key + "` has to be a whole number from " + least + ", not " + text);
        }
        return Long.parseLong(text);
    }

    /** Such as {@code 500 MB}; units are powers of 1024. */
    long bytes(String key, long otherwise) {
        Node node = take(key);
        if (node == null) {
            return otherwise;
        }
        String text = scalar(key, node);
        Matcher matcher = BYTES.matcher(text);
        if (!matcher.matches()) {
            throw wrong(node, "`" + key + "` has to be a size such as 500MB or 2GB, not " + text);
        }
        String unit = matcher.group(2);
        int power = unit == null ? 0 : 1 + "KMGT".indexOf(unit.toUpperCase(Locale.ROOT).charAt(0));
        long number = Long.parseLong(matcher.group(1));
        if (number > Long.MAX_VALUE >> (10 * power)) {
            throw wrong(node, "`" + key + "` is too large: " + text);
        }
        return number << (10 * power);
    }

    /** Relative to the folder of the settings. */
    Path path(String key) {
        return beside(needed(key));
    }

    /** What stands in the file that is named, without blanks around it; empty without the key. */
    String secret(String key) {
        Node node = take(key);
        if (node == null) {
            return "";
        }
        Path path = beside(scalar(key, node));
        try {
            String secret = Files.readString(path).strip();
            if (secret.isEmpty()) {
                throw wrong(node, "`" + key + "`: " + path + " is empty");
            }
            return secret;
        } catch (IOException e) {
            throw wrong(node, "`" + key + "`: cannot read " + path);
        }
    }

    UsageError wrong(String key, String message) {
        Node node = taken.get(key);
        return wrong(node == null ? whole : node, "`" + key + "` " + message);
    }

    /** All that can be asked for has been: what is left nobody knows. */
    void nothingElse() {
        if (!open.isEmpty()) {
            var unknown = open.firstEntry();
            throw wrong(
                    unknown.getValue().getKeyNode(),
                    name
                            + " knows no `"
                            + unknown.getKey()
                            + "`; it knows "
                            + String.join(", ", known));
        }
    }

    private @Nullable Node take(String key) {
        known.add(key);
        NodeTuple tuple = open.remove(key);
        if (tuple == null || tuple.getValueNode().getTag().equals(Tag.NULL)) {
            return null;
        }
        taken.put(key, tuple.getValueNode());
        return tuple.getValueNode();
    }

    private List<Node> items(String key) {
        Node node = take(key);
        if (node == null) {
            return List.of();
        }
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        throw wrong(node, "`" + key + "` has to be a list");
    }

    private String scalar(String key, Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw wrong(node, "`" + key + "` has to be one value");
    }

    private Path beside(String path) {
        return file.resolveSibling(path).normalize();
    }

    private UsageError wrong(Node node, String message) {
        return wrong(file, node, message);
    }

    private static UsageError wrong(Path file, Node node, String message) {
        Mark mark = node.getStartMark();
        return new UsageError(
                file + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1) + ": " + message);
    }
}
