package dev.sluice.app.submit;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * What of a workflow is submitted, before any of it is read. The same folder makes the same bytes:
 * entries are sorted and name no user of this machine.
 *
 * <p>Immutable; files are opened one at a time while it is written.
 */
public final class Bundle {
    private static final int BUFFER = 1 << 17;

    /** Half of the data of workflows is packed already; more effort would buy little. */
    private static final int EFFORT = 1;

    private final String name;
    private final Origin origin;
    private final List<Item> items;
    private final List<Item> secrets;
    private final List<Refusal> refused;
    private final List<String> untracked;

    /** How it was chosen what is in it. */
    public enum Origin {
        /** What git tracks, as it is in the folder now. */
        GIT,
        /** All that {@code .sluiceignore} leaves. */
        IGNORE_FILE,
        /** The whole folder. */
        FOLDER,
        /** One Snakefile. */
        SNAKEFILE
    }

    /** Something to pack: what it is was seen when the folder was looked through. */
    sealed interface Item {
        String path();

        record File(String path, Path source, long size, FileTime time, boolean executable)
                implements Item {}

        record Folder(String path, FileTime time) implements Item {}

        record Link(String path, String target, FileTime time) implements Item {}
    }

    Bundle(
            String name,
            Origin origin,
            List<Item> items,
            List<Item> secrets,
            List<Refusal> refused,
            List<String> untracked) {
        this.name = name;
        this.origin = origin;
        this.items = items.stream().sorted(Comparator.comparing(Item::path)).toList();
        this.secrets = List.copyOf(secrets);
        this.refused = List.copyOf(refused);
        this.untracked = List.copyOf(untracked);
    }

    /** The folder's name: what a run is called where the user gives none. */
    public String name() {
        return name;
    }

    public Origin origin() {
        return origin;
    }

    /** Files and links. */
    public long files() {
        return items.stream().filter(item -> !(item instanceof Item.Folder)).count();
    }

    /** Of all files, unpacked. */
    public long bytes() {
        return items.stream().mapToLong(i -> i instanceof Item.File f ? f.size() : 0).sum();
    }

    /** What is left out and should not pass unseen. */
    public List<Refusal> refused() {
        return refused;
    }

    /** What lies in a git checkout untracked and not ignored; it is left out. */
    public List<String> untracked() {
        return untracked;
    }

    /** Whether a Snakefile is where it is looked for when none is named. */
    public boolean hasSnakefile() {
        return items.stream()
                .anyMatch(
                        item ->
                                !(item instanceof Item.Folder)
                                        && Unpacking.SNAKEFILES.contains(item.path()));
    }

    /** The same with what looks like secrets. */
    public Bundle withSecrets() {
        return new Bundle(
                name,
                origin,
                Stream.concat(items.stream(), secrets.stream()).toList(),
                List.of(),
                refused.stream().filter(r -> r.kind() != Refusal.Kind.SECRET).toList(),
                untracked);
    }

    /**
     * Writes it as a tar.gz. Never holds more than a buffer of it.
     *
     * @param out is left open
     * @param progress hears how many bytes of {@link #bytes} are written, again and again
     * @throws IOException also where a file has shrunk or gone meanwhile
     */
    public void writeTo(OutputStream out, LongConsumer progress) throws IOException {
        var parameters = new GzipParameters();
        parameters.setCompressionLevel(EFFORT);
        var gzip = new GzipCompressorOutputStream(out, parameters);
        var tar = new TarArchiveOutputStream(gzip, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
        long written = 0;
        for (Item item : items) {
            written = write(item, tar, written, progress);
        }
        tar.finish();
        gzip.finish();
        out.flush();
    }

    private static long write(
            Item item, TarArchiveOutputStream tar, long written, LongConsumer progress)
            throws IOException {
        switch (item) {
            case Item.Folder folder -> put(tar, folder(folder));
            case Item.Link link -> put(tar, link(link));
            case Item.File file -> {
                return writeFile(file, tar, written, progress);
            }
        }
        return written;
    }

    private static void put(TarArchiveOutputStream tar, TarArchiveEntry entry) throws IOException {
        entry.setIds(0, 0);
        entry.setNames("", "");
        tar.putArchiveEntry(entry);
        if (!entry.isFile()) {
            tar.closeArchiveEntry();
        }
    }

    private static TarArchiveEntry folder(Item.Folder folder) {
        var entry = new TarArchiveEntry(folder.path() + "/");
        entry.setMode(0755);
        entry.setLastModifiedTime(folder.time());
        return entry;
    }

    private static TarArchiveEntry link(Item.Link link) {
        var entry = new TarArchiveEntry(link.path(), TarConstants.LF_SYMLINK);
        entry.setLinkName(link.target());
        entry.setLastModifiedTime(link.time());
        return entry;
    }

    private static long writeFile(
            Item.File file, TarArchiveOutputStream tar, long before, LongConsumer progress)
            throws IOException {
        // Looked at again: it may have grown since, and then what is there now is sent.
        var now = Files.readAttributes(file.source(), BasicFileAttributes.class);
        var entry = new TarArchiveEntry(file.path());
        entry.setSize(now.size());
        entry.setMode(file.executable() ? 0755 : 0644);
        entry.setLastModifiedTime(now.lastModifiedTime());
        put(tar, entry);
        byte[] buffer = new byte[BUFFER];
        long left = now.size();
        try (InputStream in = Files.newInputStream(file.source())) {
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new IOException(
                            "`" + file.path() + "` became shorter while it was being packed");
                }
                tar.write(buffer, 0, read);
                left -= read;
                progress.accept(before + now.size() - left);
            }
        }
        tar.closeArchiveEntry();
        return before + now.size();
    }
}
