package dev.sluice.engine.config;

import dev.sluice.engine.value.Value;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads YAML 1.1 as PyYAML's loader for plain data does: merge keys, tags and doubled keys
 * included.
 */
final class YamlReader {
    private static final int DEEPEST = 500;

    private static final String STANDARD = "tag:yaml.org,2002:";

    /** Nodes that are being built: one that meets itself again would never end. */
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());

    private final IdentityHashMap<Node, Value> built = new IdentityHashMap<>();
    private final Map<String, Node> anchors = new HashMap<>();
    private final Set<Node> flattened = Collections.newSetFromMap(new IdentityHashMap<>());

    private YamlReader() {}

    static Value read(String text) throws ConfigTrouble {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        options.setNestingDepthLimit(DEEPEST);
        options.setMaxAliasesForCollections(Integer.MAX_VALUE);
        options.setTagInspector(tag -> true);
        try {
            Composer composer =
                    new Composer(
                            new ParserImpl(new StreamReader(text), options),
                            new Yaml11Resolver(),
                            options);
            Node root = composer.getSingleNode();
            return root == null ? new Value.Nothing() : new YamlReader().value(root);
        } catch (MarkedYAMLException e) {
            throw trouble(problem(e), e.getProblemMark());
        } catch (YAMLException e) {
            throw trouble(String.valueOf(e.getMessage()).strip(), null);
        }
    }

    private static String problem(MarkedYAMLException e) {
        String context = e.getContext();
        return context == null || context.isBlank()
                ? e.getProblem()
                : e.getProblem() + " " + context;
    }

    private static ConfigTrouble trouble(String message, @Nullable Mark mark) {
        return mark == null
                ? new ConfigTrouble(message, 0, 0)
                : new ConfigTrouble(message, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private Value value(Node node) throws ConfigTrouble {
        Value known = built.get(node);
        if (known != null) {
            return known;
        }
        Node before = node.getAnchor() == null ? null : anchors.put(node.getAnchor(), node);
        if (before != null && !before.equals(node)) {
            throw trouble("the anchor &" + node.getAnchor() + " stands twice", node.getStartMark());
        }
        if (!open.add(node)) {
            throw trouble("a value that contains itself", node.getStartMark());
        }
        Value value;
        try {
            value = construct(node);
        } catch (NumberFormatException | DateTimeException e) {
            throw trouble("bad value: " + e.getMessage(), node.getStartMark());
        } catch (IllegalArgumentException e) {
            throw trouble("failed to decode base64 data: " + e.getMessage(), node.getStartMark());
        }
        open.remove(node);
        built.put(node, value);
        return value;
    }

    private Value construct(Node node) throws ConfigTrouble {
        String tag = node.getTag().getValue();
        String kind = tag.startsWith(STANDARD) ? tag.substring(STANDARD.length()) : tag;
        return switch (kind) {
            case "null" -> {
                scalar(node);
                yield new Value.Nothing();
            }
            case "str", "python/str", "python/unicode" -> new Value.Text(scalar(node));
            case "bool", "python/bool" -> Scalars.bool(scalar(node));
            case "int", "python/int", "python/long" -> Scalars.integer(scalar(node));
            case "float", "python/float" -> Scalars.real(scalar(node));
            case "binary", "python/bytes" -> Scalars.binary(scalar(node));
            case "timestamp" -> Scalars.timestamp(scalar(node));
            case "seq", "python/list" -> new Value.ListOf(items(node));
            case "python/tuple" -> new Value.TupleOf(items(node));
            case "map", "python/dict" -> mapping(node);
            case "set" -> set(node);
            case "omap", "pairs" -> pairs(node);
            default ->
                    throw trouble(
                            "no value can be made of the tag " + shown(node.getTag()),
                            node.getStartMark());
        };
    }

    private static String shown(Tag tag) {
        String value = tag.getValue();
        return value.startsWith(STANDARD) ? "!!" + value.substring(STANDARD.length()) : value;
    }

    private static String scalar(Node node) throws ConfigTrouble {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw trouble("expected a scalar", node.getStartMark());
    }

    private List<Value> items(Node node) throws ConfigTrouble {
        if (!(node instanceof SequenceNode sequence)) {
            throw trouble("expected a sequence", node.getStartMark());
        }
        List<Value> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            items.add(value(item));
        }
        return items;
    }

    private Value mapping(Node node) throws ConfigTrouble {
        if (!(node instanceof MappingNode mapping)) {
            throw trouble("expected a mapping", node.getStartMark());
        }
        flatten(mapping);
        Map<Object, Value.Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Value key = value(tuple.getKeyNode());
            Object identity = Keys.identity(key);
            if (identity == null) {
                throw trouble(
                        "a key that cannot be one, such as a list",
                        tuple.getKeyNode().getStartMark());
            }
            Value value = value(tuple.getValueNode());
            // As in a Python dict: the last value counts, under the first key, at its place.
            Value.Entry before = entries.get(identity);
            entries.put(identity, new Value.Entry(before == null ? key : before.key(), value));
        }
        return new Value.MapOf(new ArrayList<>(entries.values()));
    }

    /** Puts what {@code <<} names before the mapping's own entries, so that those win. */
    private void flatten(MappingNode node) throws ConfigTrouble {
        if (!flattened.add(node)) {
            return;
        }
        List<NodeTuple> merged = new ArrayList<>();
        List<NodeTuple> own = new ArrayList<>();
        for (NodeTuple tuple : node.getValue()) {
            if (tuple.getKeyNode().getTag().equals(Tag.MERGE)) {
                merged.addAll(toMerge(tuple.getValueNode()));
            } else {
                if (tuple.getKeyNode().getTag().equals(Yaml11Resolver.VALUE)) {
                    tuple.getKeyNode().setTag(Tag.STR);
                }
                own.add(tuple);
            }
        }
        if (!merged.isEmpty()) {
            merged.addAll(own);
            node.setValue(merged);
        } else {
            node.setValue(own);
        }
    }

    private List<NodeTuple> toMerge(Node value) throws ConfigTrouble {
        if (value instanceof MappingNode mapping) {
            flatten(mapping);
            return mapping.getValue();
        }
        if (!(value instanceof SequenceNode sequence)) {
            throw trouble(
                    "expected a mapping or a list of mappings to merge", value.getStartMark());
        }
        List<NodeTuple> merged = new ArrayList<>();
        for (Node each : sequence.getValue().reversed()) {
            if (!(each instanceof MappingNode mapping)) {
                throw trouble("expected a mapping to merge", each.getStartMark());
            }
            flatten(mapping);
            merged.addAll(mapping.getValue());
        }
        return merged;
    }

    private Value set(Node node) throws ConfigTrouble {
        List<Value> items = new ArrayList<>();
        if (mapping(node) instanceof Value.MapOf(List<Value.Entry> entries)) {
            entries.forEach(entry -> items.add(entry.key()));
        }
        return new Value.SetOf(Keys.sortedByRepr(items), false);
    }

    private Value pairs(Node node) throws ConfigTrouble {
        List<Value> pairs = new ArrayList<>();
        if (!(node instanceof SequenceNode sequence)) {
            throw trouble("expected a sequence", node.getStartMark());
        }
        for (Node item : sequence.getValue()) {
            if (!(item instanceof MappingNode mapping) || mapping.getValue().size() != 1) {
                throw trouble("expected a mapping of length 1", item.getStartMark());
            }
            NodeTuple pair = mapping.getValue().getFirst();
            pairs.add(
                    new Value.TupleOf(
                            List.of(value(pair.getKeyNode()), value(pair.getValueNode()))));
        }
        return new Value.ListOf(pairs);
    }
}
