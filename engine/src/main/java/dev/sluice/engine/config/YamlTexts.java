package dev.sluice.engine.config;

import dev.sluice.engine.value.Value;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Reads YAML in which every scalar is a text, as PyYAML's {@code BaseLoader} does. */
public final class YamlTexts {
    /** Nodes that are being read: one that meets itself again would never end. */
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());

    private YamlTexts() {}

    public static Value read(String text) throws ConfigTrouble {
        try {
            LoaderOptions options = new LoaderOptions();
            Composer composer =
                    new Composer(
                            new ParserImpl(new StreamReader(text), options),
                            new Resolver(),
                            options);
            Node root = composer.getSingleNode();
            return root == null ? new Value.Text("") : new YamlTexts().value(root);
        } catch (YAMLException e) {
            throw new ConfigTrouble(String.valueOf(e.getMessage()).strip(), 0, 0);
        }
    }

    private Value value(Node node) throws ConfigTrouble {
        if (!open.add(node)) {
            throw new ConfigTrouble("a value that contains itself", 0, 0);
        }
        Value value = read(node);
        open.remove(node);
        return value;
    }

    private Value read(Node node) throws ConfigTrouble {
        return switch (node) {
            case ScalarNode scalar -> new Value.Text(scalar.getValue());
            case SequenceNode sequence -> {
                List<Value> items = new ArrayList<>();
                for (Node item : sequence.getValue()) {
                    items.add(value(item));
                }
                yield new Value.ListOf(items);
            }
            case MappingNode mapping -> {
                List<Value.Entry> entries = new ArrayList<>();
                for (NodeTuple tuple : mapping.getValue()) {
                    entries.add(
                            new Value.Entry(
                                    value(tuple.getKeyNode()), value(tuple.getValueNode())));
                }
                yield new Value.MapOf(entries);
            }
            default -> throw new ConfigTrouble("neither scalar, list nor mapping", 0, 0);
        };
    }
}
