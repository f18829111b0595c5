package dev.sluice.app.submit;

import dev.sluice.app.submit.Entries.Entry;
import dev.sluice.app.submit.Tree.Node;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Brings entries into a fresh folder: files and folders at once, symbolic links only when all is
 * known, so that nothing is ever written through one. Counts what really comes, not what headers
 * say.
 */
final class Landing {
    /** Text and tables pack to a tenth; what packs to a thousandth is made to fill a disk. */
    private static final long RATIO = 250;

    private static final long RATIO_FROM = 64L << 20;
    private static final int BUFFER = 1 << 17;

    private final Path folder;
    private final Quota quota;
    private final long uploaded;
    private final FileTime now = FileTime.from(Instant.now());
    private final Tree tree = new Tree();
    private final SequencedMap<String, FileTime> folderTimes = new LinkedHashMap<>();
    private final List<String> left = new ArrayList<>();
    private final byte[] buffer = new byte[BUFFER];
    private long entries;
    private long files;
    private long bytes;

    /**
     * @param folder exists and is empty
     * @param uploaded bytes of the upload
     */
    Landing(Path folder, Quota quota, long uploaded) {
        this.folder = folder;
        this.quota = quota;
        this.uploaded = uploaded;
    }

    Tree tree() {
        return tree;
    }

    long files() {
        return files;
    }

    long bytes() {
        return bytes;
    }

    List<String> left() {
        return left;
    }

    void takeAll(Entries from) throws IOException {
        for (Entry entry = from.next(); entry != null; entry = from.next()) {
            entries++;
            checkNumber();
            take(entry, from);
            checkNumber();
        }
    }

    private void checkNumber() {
        if (Math.max(entries, tree.size()) > quota.files()) {
            throw BadBundle.tooLarge(
                    "Too many files in the bundle",
                    "it has more than " + quota.files() + " files, folders and links");
        }
    }

    private void take(Entry entry, Entries from) throws IOException {
        String path = EntryName.of(entry.name());
        if (path.isEmpty()) {
            return;
        }
        if (EntryName.hasReserved(path) || EntryName.isClutter(path)) {
            left.add(path);
            receive(from, OutputStream.nullOutputStream());
            return;
        }
        switch (entry.kind()) {
            case FOLDER -> {
                tree.add(path, Tree.FOLDER);
                Files.createDirectories(place(path));
                folderTimes.put(path, notAfterNow(entry.time()));
            }
            case FILE -> takeFile(path, entry, from);
            case SYMBOLIC_LINK -> {
                tree.add(path, new Node.Link(entry.target()));
                files++;
            }
            case HARD_LINK -> takeHardLink(path, entry.target());
            case OTHER ->
                    throw BadBundle.refused(
                            "The bundle holds what is no file",
                            Words.quoted(path) + " is a device, a pipe or the like",
                            "leave it out: only files, folders and links are taken");
        }
    }

    private void takeFile(String path, Entry entry, Entries from) throws IOException {
        tree.add(path, Tree.FILE);
        files++;
        Path file = place(path);
        Files.createDirectories(file.getParent());
        try (OutputStream out =
                Files.newOutputStream(
                        file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            receive(from, out);
        }
        Files.setPosixFilePermissions(
                file,
                PosixFilePermissions.fromString(entry.executable() ? "rwxr-xr-x" : "rw-r--r--"));
        Files.setLastModifiedTime(file, notAfterNow(entry.time()));
    }

    private void receive(Entries from, OutputStream out) throws IOException {
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            bytes += read;
            checkBytes();
            out.write(buffer, 0, read);
        }
    }

    private void checkBytes() {
        if (bytes > quota.unpackedBytes()) {
            throw BadBundle.tooLarge(
                    "The bundle unpacks to too much",
                    "more than " + Words.bytes(quota.unpackedBytes()) + " come out of it");
        }
        if (bytes > RATIO_FROM && bytes / RATIO > uploaded) {
            throw BadBundle.tooLarge(
                    "The bundle unpacks to too much",
                    "it grows to more than " + RATIO + " times the size of the upload");
        }
    }

    private void takeHardLink(String path, String target) throws IOException {
        String of = EntryName.of(target);
        if (!(tree.at(of) instanceof Node.File)) {
            throw BadBundle.refused(
                    "A link leaves the bundle",
                    "the hard link "
                            + Words.quoted(path)
                            + " is to "
                            + Words.quoted(target)
                            + ", which is no file that came before it",
                    null);
        }
        tree.add(path, Tree.FILE);
        files++;
        Path link = place(path);
        Files.createDirectories(link.getParent());
        Files.createLink(link, place(of));
    }

    /**
     * Makes the links of a tree and gives folders their times: when nothing is written any more.
     */
    void finish(Path root, Tree landed, String below) throws IOException {
        for (Map.Entry<String, String> link : landed.links().entrySet()) {
            Path place = root.resolve(link.getKey());
            Files.createDirectories(place.getParent());
            Files.createSymbolicLink(place, path(link.getValue()));
        }
        for (String name : landed.foldersUpwards()) {
            FileTime time = folderTimes.get(below + name);
            if (time != null) {
                Files.setLastModifiedTime(root.resolve(name), time);
            }
        }
    }

    private FileTime notAfterNow(@Nullable FileTime time) {
        if (time == null || time.compareTo(now) > 0) {
            return now;
        }
        FileTime first = FileTime.fromMillis(0);
        return time.compareTo(first) < 0 ? first : time;
    }

    private Path place(String path) {
        return folder.resolve(path(path));
    }

    private static Path path(String path) {
        try {
            return Path.of(path);
        } catch (InvalidPathException e) {
            throw BadBundle.refused(
                    "A path of the bundle is not allowed",
                    Words.quoted(path) + " cannot be a file name on the server",
                    "the server runs with a locale that is not UTF-8");
        }
    }
}
