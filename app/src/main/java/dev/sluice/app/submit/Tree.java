package dev.sluice.app.submit;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The paths of a bundle and what stands there, each folder before what is in it. Knows nothing of a
 * disk, so that links are judged before any of them exists.
 */
final class Tree implements Links.Lookup {
    private final SequencedMap<String, Node> nodes = new LinkedHashMap<>();

    /** What can stand at a path. */
    sealed interface Node {
        record File() implements Node {}

        record Folder() implements Node {}

        record Link(String target) implements Node {}
    }

    static final Node FILE = new Node.File();
    static final Node FOLDER = new Node.Folder();

    @Override
    public @Nullable Node at(String path) {
        return path.isEmpty() ? FOLDER : nodes.get(path);
    }

    int size() {
        return nodes.size();
    }

    SequencedMap<String, Node> nodes() {
        return nodes;
    }

    /** The links among them: path and target. */
    SequencedMap<String, String> links() {
        var links = new LinkedHashMap<String, String>();
        nodes.forEach(
                (path, node) -> {
                    if (node instanceof Node.Link(String target)) {
                        links.put(path, target);
                    }
                });
        return links;
    }

    /**
     * Adds a path and the folders above it.
     *
     * @throws BadBundle where something else stands there, or above
     */
    void add(String path, Node node) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            addFolder(path.substring(0, slash), path);
        }
        if (node instanceof Node.Folder) {
            addFolder(path, path);
        } else if (nodes.putIfAbsent(path, node) != null) {
            throw clash("`" + Words.safe(path) + "` stands in it twice");
        }
    }

    private void addFolder(String folder, String because) {
        Node there = nodes.putIfAbsent(folder, FOLDER);
        switch (there) {
            case null -> {}
            case Node.Folder() -> {}
            case Node.File() ->
                    throw clash(
                            Words.quoted(folder)
                                    + " is a file and also a folder, for "
                                    + Words.quoted(because));
            case Node.Link(String target) ->
                    throw clash(
                            Words.quoted(because)
                                    + " would be written through the link "
                                    + Words.quoted(folder)
                                    + " to "
                                    + Words.quoted(target));
        }
    }

    private static BadBundle clash(String detail) {
        return BadBundle.refused(
                "Paths of the bundle contradict each other",
                detail,
                "pack the folder anew instead of adding to an archive");
    }

    /** The folder that everything is in; null where there is no such one. */
    @Nullable String top() {
        var tops = new LinkedHashSet<String>();
        for (String path : nodes.keySet()) {
            tops.add(path.contains("/") ? path.substring(0, path.indexOf('/')) : path);
            if (tops.size() > 1) {
                return null;
            }
        }
        String top = tops.isEmpty() ? null : tops.getFirst();
        return top != null && nodes.get(top) instanceof Node.Folder ? top : null;
    }

    /** What is in a folder, as seen from there. */
    Tree below(String folder) {
        var below = new Tree();
        for (Map.Entry<String, Node> entry : nodes.entrySet()) {
            if (entry.getKey().startsWith(folder + "/")) {
                below.nodes.put(entry.getKey().substring(folder.length() + 1), entry.getValue());
            }
        }
        return below;
    }

    /** Folders with the deepest first. */
    List<String> foldersUpwards() {
        var folders = new ArrayList<String>();
        nodes.forEach(
                (path, node) -> {
                    if (node instanceof Node.Folder) {
                        folders.add(path);
                    }
                });
        return folders.reversed();
    }
}
