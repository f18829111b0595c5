package dev.sluice.app.submit;

import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes a working folder of what somebody has uploaded, trusting nothing in it. Either all of it is
 * there in the end or nothing. Blocks on the disk; safe from any thread, for one folder at a time.
 *
 * <p>An {@link IOException} is trouble of the server's disk; what is wrong with the upload is a
 * {@link BadBundle}.
 */
public final class Unpacking {
    /** Where a Snakefile is looked for, in this order. */
    static final List<String> SNAKEFILES =
            List.of("Snakefile", "snakefile", "workflow/Snakefile", "workflow/snakefile");

    private static final long BYTES_OF_HEADERS = 16 << 20;
    private static final long BYTES_OF_ENTRY = 2 << 10;

    private Unpacking() {}

    /**
     * As {@link #unpack(Path, Quota, Path, String)}, with the Snakefile where it usually is.
     *
     * @param fileName as the sender calls it; what it is shows by its content alone
     */
    public static Unpacked unpack(Path upload, String fileName, Path into, Quota quota)
            throws IOException {
        return unpack(upload, quota, into, null);
    }

    /**
     * Unpacks a tar.gz, a tar or a zip, or takes a plain Snakefile. A single folder around all of
     * it is taken away, as {@code tar czf x.tgz folder/} makes one.
     *
     * @param into does not exist, or is empty; its own folder does exist
     * @param snakefile where the Snakefile is said to be, in the bundle; null for the usual places
     */
    public static Unpacked unpack(Path upload, Quota quota, Path into, @Nullable String snakefile)
            throws IOException {
        String named = snakefile == null ? null : EntryName.of(snakefile);
        Folders.createEmpty(into);
        boolean done = false;
        try {
            Unpacked unpacked = unpackInto(upload, quota, into, named);
            done = true;
            return unpacked;
        } finally {
            if (!done) {
                Folders.delete(into);
            }
        }
    }

    private static Unpacked unpackInto(Path upload, Quota quota, Path into, @Nullable String named)
            throws IOException {
        String alone = named == null ? SNAKEFILES.getFirst() : named;
        Landing landing = land(upload, alone, into, quota);
        Tree tree = landing.tree();
        String top = tree.top();
        String below = "";
        if (top != null && find(tree, named) == null) {
            Folders.replaceByChild(into, top);
            tree = tree.below(top);
            below = top + "/";
        }
        Links.check(tree, tree);
        landing.finish(into, tree, below);
        String found = find(tree, named);
        if (found == null || !Files.isRegularFile(into.resolve(found))) {
            throw noSnakefile(tree, named);
        }
        return new Unpacked(landing.files(), landing.bytes(), found, landing.left());
    }

    /** Unpacks with all checks but those of links, which are not made yet. */
    static Landing land(Path upload, String alone, Path into, Quota quota) throws IOException {
        long size = Files.size(upload);
        if (size > quota.uploadBytes()) {
            throw BadBundle.tooLarge(
                    "The upload is too large",
                    "it has "
                            + Words.bytes(size)
                            + "; the server takes "
                            + Words.bytes(quota.uploadBytes()));
        }
        var landing = new Landing(into, quota, size);
        try (Entries entries = open(upload, alone, quota)) {
            landing.takeAll(entries);
        }
        return landing;
    }

    private static Entries open(Path upload, String alone, Quota quota) throws IOException {
        long most = quota.unpackedBytes() + BYTES_OF_HEADERS + BYTES_OF_ENTRY * (quota.files() + 1);
        return switch (Format.of(upload)) {
            case TAR -> new TarEntries(new BufferedInputStream(Files.newInputStream(upload)), most);
            case TAR_GZ -> new TarEntries(Format.unzipped(upload), most);
            case ZIP -> new ZipEntries(upload, quota.files());
            case TEXT -> new TextEntry(upload, alone);
        };
    }

    private static @Nullable String find(Tree tree, @Nullable String named) {
        for (String name : named == null ? SNAKEFILES : List.of(named)) {
            // Not by the tree alone: a link on the way to it is as good as a folder.
            if (tree.at(name) instanceof Tree.Node.File || leadsThroughLink(tree, name)) {
                return name;
            }
        }
        return null;
    }

    private static boolean leadsThroughLink(Tree tree, String name) {
        for (String path = name; !path.isEmpty(); path = EntryName.parent(path)) {
            if (tree.at(path) instanceof Tree.Node.Link) {
                return true;
            }
        }
        return false;
    }

    private static BadBundle noSnakefile(Tree tree, @Nullable String named) {
        if (named != null) {
            return BadBundle.refused(
                    "No Snakefile in the bundle",
                    Words.quoted(named) + ", named with -s, is not in it",
                    "-s is meant from the top of the workflow's folder");
        }
        String detail =
                tree.size() == 0
                        ? "nothing is in it"
                        : "looked for `" + String.join("`, `", SNAKEFILES) + "`";
        return BadBundle.refused(
                "No Snakefile in the bundle",
                detail,
                "name another one with -s; when git tracks the folder, `git add` the Snakefile");
    }

    /**
     * Replaces and adds files in a working folder, all of them or none. A path is taken as it
     * stands in the upload; files that are the same as those there stay untouched, with their
     * times. What changed gets the time of now: whatever was made of it is out of date.
     *
     * @param fileName where the upload belongs when it is a plain text instead of an archive
     * @param workdir of a run that is not going on
     * @return the paths that changed
     */
    public static List<String> unpackOver(Path upload, String fileName, Path workdir, Quota quota)
            throws IOException {
        Path aside = Files.createTempDirectory(workdir.toAbsolutePath().getParent(), "mending-");
        try {
            Path fresh = Files.createDirectory(aside.resolve("fresh"));
            Landing landing = land(upload, fileName, fresh, quota);
            return new Mending(workdir, aside, landing.tree()).carryOut();
        } finally {
            Folders.delete(aside);
        }
    }
}
