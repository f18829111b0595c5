package dev.sluice.app.submit;

import dev.sluice.app.submit.Bundle.Item;
import dev.sluice.app.submit.Bundle.Origin;
import dev.sluice.app.submit.Refusal.Kind;
import dev.sluice.app.submit.Tree.Node;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** The paths of a folder that may go to a server, each looked at; links are judged at the end. */
final class Gathered {
    private final Path folder;
    private final SequencedMap<String, Item> items = new LinkedHashMap<>();
    private final List<Item> secrets = new ArrayList<>();
    private final List<Refusal> refused = new ArrayList<>();

    /**
     * @param folder a real path
     */
    Gathered(Path folder) {
        this.folder = folder;
    }

    /** Adds all of the folder but what the rules exclude. */
    void walk(IgnoreRules rules) throws IOException {
        Files.walkFileTree(folder, new Walker(rules));
    }

    private final class Walker extends SimpleFileVisitor<Path> {
        private final IgnoreRules rules;

        Walker(IgnoreRules rules) {
            this.rules = rules;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
            String path = folder.relativize(visited).toString();
            if (path.isEmpty()) {
                return FileVisitResult.CONTINUE;
            }
            if (EntryName.hasReserved(path) || rules.excludes(path, true)) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            add(path, visited, attributes);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String path = folder.relativize(file).toString();
            if (!EntryName.hasReserved(path) && !rules.excludes(path, false)) {
                add(path, file, attributes);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            String path = folder.relativize(file).toString();
            if (!rules.excludes(path, true)) {
                refuse(path, Kind.UNUSABLE, "cannot be read");
            }
            return FileVisitResult.CONTINUE;
        }
    }

    /** Adds paths as git names them; those that are not there are passed over: deleted files. */
    void addAll(List<String> paths) throws IOException {
        for (String path : paths) {
            if (EntryName.hasReserved(path)) {
                continue;
            }
            try {
                Path file = folder.resolve(path);
                BasicFileAttributes attributes = attributes(file);
                // A submodule that is not checked out is an empty folder.
                if (!attributes.isDirectory() && addFolders(EntryName.parent(path))) {
                    add(path, file, attributes);
                }
            } catch (NoSuchFileException gone) {
                // Deleted in the folder: git still tracks it.
            } catch (InvalidPathException e) {
                refuse(path, Kind.UNUSABLE, "cannot be opened: the locale here is not UTF-8");
            }
        }
    }

    /** False where a link has taken the place of one of them: git has no such file either. */
    private boolean addFolders(String path) throws IOException {
        if (path.isEmpty() || items.get(path) instanceof Item.Folder) {
            return true;
        }
        BasicFileAttributes attributes = attributes(folder.resolve(path));
        if (!attributes.isDirectory() || !addFolders(EntryName.parent(path))) {
            return false;
        }
        add(path, folder.resolve(path), attributes);
        return true;
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private void add(String path, Path file, BasicFileAttributes attributes) {
        String wrong = EntryName.problem(path);
        if (wrong != null) {
            refuse(path, Kind.UNUSABLE, wrong);
            return;
        }
        try {
            if (attributes.isDirectory()) {
                items.put(path, new Item.Folder(path, attributes.lastModifiedTime()));
            } else if (attributes.isSymbolicLink()) {
                // No secret itself: what it leads to is asked about under its own name.
                String target = target(path, Files.readSymbolicLink(file));
                items.put(path, new Item.Link(path, target, attributes.lastModifiedTime()));
            } else if (attributes.isRegularFile()) {
                addUnlessSecret(file(path, file, attributes), file);
            } else {
                refuse(path, Kind.UNUSABLE, "is a pipe, a socket or a device");
            }
        } catch (IOException e) {
            refuse(path, Kind.UNUSABLE, "cannot be read");
        }
    }

    private static Item file(String path, Path file, BasicFileAttributes attributes) {
        return new Item.File(
                path,
                file,
                attributes.size(),
                attributes.lastModifiedTime(),
                Files.isExecutable(file));
    }

    private void addUnlessSecret(Item item, Path file) throws IOException {
        if (!Files.isReadable(file)) {
            refuse(item.path(), Kind.UNUSABLE, "cannot be read");
            return;
        }
        String secret = Secrets.reason(item.path(), file);
        if (secret == null) {
            items.put(item.path(), item);
        } else {
            secrets.add(item);
            refuse(item.path(), Kind.SECRET, secret);
        }
    }

    /** Where a link leads from its own folder: an absolute path means nothing on the server. */
    private String target(String path, Path target) {
        if (!target.isAbsolute()) {
            return target.toString();
        }
        Path leads;
        try {
            leads = target.toRealPath();
        } catch (IOException e) {
            // It leads to nothing, or nowhere we may look: then by its words.
            leads = target.normalize();
        }
        if (!leads.startsWith(folder)) {
            return target.toString();
        }
        Path from = folder.resolve(EntryName.parent(path));
        String relative = from.relativize(leads).toString();
        return relative.isEmpty() ? "." : relative;
    }

    private void refuse(String path, Kind kind, String reason) {
        refused.add(new Refusal(path, kind, reason));
    }

    /** Files and links so far, sorted. */
    List<String> paths() {
        return items.values().stream()
                .filter(item -> !(item instanceof Item.Folder))
                .map(Item::path)
                .sorted()
                .toList();
    }

    Bundle bundle(String name, Origin origin, List<String> untracked) {
        var tree = new Tree();
        items.values().stream().sorted(Comparator.comparing(Item::path)).forEach(i -> put(tree, i));
        tree.links()
                .forEach(
                        (link, target) -> {
                            String wrong = Links.problem(link, target, tree);
                            if (wrong != null) {
                                items.remove(link);
                                refuse(link, Kind.LINK, wrong);
                            }
                        });
        refused.sort(Comparator.comparing(Refusal::path));
        return new Bundle(name, origin, List.copyOf(items.values()), secrets, refused, untracked);
    }

    private static void put(Tree tree, Item item) {
        Node node =
                switch (item) {
                    case Item.File file -> Tree.FILE;
                    case Item.Folder inside -> Tree.FOLDER;
                    case Item.Link link -> new Node.Link(link.target());
                };
        tree.add(item.path(), node);
    }
}
