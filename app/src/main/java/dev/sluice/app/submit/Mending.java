package dev.sluice.app.submit;

import dev.sluice.app.submit.Tree.Node;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Moves unpacked files into a working folder in use: first it looks whether all can go there, then
 * it moves them, and back again should a move fail. Jobs may have made links of any kind in that
 * folder; nothing is written through one that leaves it.
 */
final class Mending {
    private final Path real;
    private final Path aside;
    private final Path fresh;
    private final Tree tree;

    /** From a fresh file to its place; the links to make; each in the order of the upload. */
    private final SequencedMap<String, Path> places = new LinkedHashMap<>();

    private final List<Runnable> undo = new ArrayList<>();

    /**
     * @param aside a folder on the same disk, with what was unpacked in {@code fresh}
     */
    Mending(Path workdir, Path aside, Tree tree) throws IOException {
        this.real = workdir.toRealPath();
        this.aside = aside;
        this.fresh = aside.resolve("fresh");
        this.tree = tree;
    }

    /** The paths that changed. */
    List<String> carryOut() throws IOException {
        if (tree.size() == 0) {
            throw BadBundle.refused("The bundle is empty", "nothing is in it that is taken", null);
        }
        Links.check(tree, this::at);
        for (var entry : tree.nodes().entrySet()) {
            plan(entry.getKey(), entry.getValue());
        }
        moveAll();
        return List.copyOf(places.keySet());
    }

    /** What will stand at a path: of the upload, else of the folder. */
    private @Nullable Node at(String path) {
        Node fromUpload = tree.at(path);
        return fromUpload != null ? fromUpload : onDisk(real.resolve(path));
    }

    private static @Nullable Node onDisk(Path file) {
        if (Files.isSymbolicLink(file)) {
            try {
                return new Node.Link(Files.readSymbolicLink(file).toString());
            } catch (IOException e) {
                return Tree.FILE;
            }
        }
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            return Tree.FOLDER;
        }
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? Tree.FILE : null;
    }

    private void plan(String path, Node node) throws IOException {
        Path place = folderOf(path).resolve(Path.of(path).getFileName());
        Node there = onDisk(place);
        switch (node) {
            case Node.Folder() -> {
                if (there == null) {
                    places.put(path, place);
                } else if (there instanceof Node.Link) {
                    inside(path, place);
                } else if (there instanceof Node.File) {
                    throw clash(path, "a file");
                }
            }
            case Node.File() -> {
                if (there instanceof Node.Folder) {
                    throw clash(path, "a folder");
                }
                if (there == null || there instanceof Node.Link || differs(path, place)) {
                    places.put(path, place);
                }
            }
            case Node.Link link -> {
                if (there == null) {
                    places.put(path, place);
                } else if (!link.equals(there)) {
                    // Other links may go through this one: they were judged with what it was.
                    throw clash(path, "something else than this link");
                }
            }
        }
    }

    private boolean differs(String path, Path place) throws IOException {
        Path file = fresh.resolve(path);
        return Files.mismatch(file, place) >= 0
                || Files.isExecutable(file) != Files.isExecutable(place);
    }

    /** The real folder that a path is in, or will be in. */
    private Path folderOf(String path) throws IOException {
        Path at = real;
        for (String part : EntryName.parts(EntryName.parent(path))) {
            Path next = at.resolve(part);
            Node there = onDisk(next);
            if (there instanceof Node.Link) {
                next = inside(path, next);
            } else if (there instanceof Node.File) {
                throw clash(path, "a file, further up,");
            }
            at = next;
        }
        return at;
    }

    /** Where a link leads, that must be a folder of the user's in the working folder. */
    private Path inside(String path, Path link) throws IOException {
        Path leads;
        try {
            leads = link.toRealPath();
        } catch (IOException e) {
            throw clash(path, "a link to nothing");
        }
        if (!leads.startsWith(real) || EntryName.hasReserved(real.relativize(leads).toString())) {
            throw BadBundle.refused(
                    "A path of the bundle is not allowed",
                    Words.quoted(path)
                            + " would be written through the link "
                            + Words.quoted(real.relativize(link).toString())
                            + ", out of the working folder",
                    "change the file where it is; the server only writes in the folder of the run");
        }
        if (!Files.isDirectory(leads)) {
            throw clash(path, "a link to a file");
        }
        return leads;
    }

    private static BadBundle clash(String path, String what) {
        return BadBundle.refused(
                "Paths of the bundle contradict the working folder",
                "where " + Words.quoted(path) + " should go there is " + what + " already",
                null);
    }

    private void moveAll() throws IOException {
        Path old = Files.createDirectory(aside.resolve("old"));
        boolean done = false;
        try {
            int number = 0;
            for (var entry : places.entrySet()) {
                move(entry.getKey(), entry.getValue(), old.resolve(Integer.toString(number++)));
            }
            done = true;
        } finally {
            if (!done) {
                undo.reversed().forEach(Runnable::run);
            }
        }
    }

    private void move(String path, Path place, Path old) throws IOException {
        Node node = tree.nodes().get(path);
        if (node instanceof Node.Folder) {
            Files.createDirectory(place);
            undo.add(() -> quietly(() -> Files.delete(place)));
            return;
        }
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            Files.move(place, old);
            undo.add(() -> quietly(() -> Files.move(old, place)));
        }
        if (node instanceof Node.Link(String target)) {
            Files.createSymbolicLink(place, Path.of(target));
        } else {
            Files.setLastModifiedTime(fresh.resolve(path), FileTime.from(Instant.now()));
            Files.move(fresh.resolve(path), place);
        }
        undo.add(() -> quietly(() -> Files.delete(place)));
    }

    private interface Act {
        void run() throws IOException;
    }

    /** What cannot be put back is no reason to leave the rest. */
    private static void quietly(Act act) {
        try {
            act.run();
        } catch (IOException e) {
            return;
        }
    }
}
