package dev.sluice.engine.files;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Facts about files below a folder of this machine. Where many files of one folder are asked for,
 * the folder is listed once and only what is there is looked at. Remembers what it saw until told
 * to forget. Used by one thread.
 */
public final class DiskFiles implements FileFacts {
    /** From how many files of a folder on listing it costs less than looking at each. */
    private static final int WORTH_LISTING = 8;

    /** A folder's size tells roughly how long its list is: some thirty bytes a name. */
    private static final int MOST_BYTES_FOR_ONE = 512;

    private static final String TIMESTAMP = ".snakemake_timestamp";

    private final Path base;
    private final Map<String, FileFact> seen = new HashMap<>();

    /**
     * @param base the folder that relative paths start from
     */
    public DiskFiles(Path base) {
        this.base = base.toAbsolutePath();
    }

    @Override
    public List<FileFact> look(List<String> paths) {
        Map<String, List<String>> unknown = new HashMap<>();
        for (String path : paths) {
            if (!seen.containsKey(path)) {
                unknown.computeIfAbsent(folderOf(path), folder -> new ArrayList<>()).add(path);
            }
        }
        unknown.forEach(this::lookInFolder);
        List<FileFact> facts = new ArrayList<>(paths.size());
        for (String path : paths) {
            facts.add(seen.getOrDefault(path, FileFact.ABSENT));
        }
        return facts;
    }

    private static String folderOf(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : slash == 0 ? "/" : path.substring(0, slash);
    }

    private void lookInFolder(String folder, List<String> paths) {
        Set<String> names = paths.size() < WORTH_LISTING ? null : list(folder, paths.size());
        for (String path : paths) {
            String name = path.substring(path.lastIndexOf('/') + 1);
            // `a/`, `a/.` and `a/..` are folders that a listing does not name.
            boolean plain = !name.isEmpty() && !name.equals(".") && !name.equals("..");
            // Asking first is cheaper than the exception of an absent file.
            boolean there =
                    (names != null && plain)
                            ? names.contains(name)
                            : base.resolve(path).toFile().exists();
            seen.put(path, there ? stat(path) : FileFact.ABSENT);
        }
    }

    /**
     * The names in a folder; none where there is no such folder, null where it cannot be listed or
     * holds far more than is asked for.
     */
    private @Nullable Set<String> list(String folder, int asked) {
        Path path = base.resolve(folder);
        if (!path.toFile().exists()) {
            return Set.of();
        }
        BasicFileAttributes attributes = attributes(path);
        if (attributes == null || attributes.size() > (long) asked * MOST_BYTES_FOR_ONE) {
            return null;
        }
        // File.list is one native call; a directory stream makes a Path of each entry.
        String[] names = path.toFile().list();
        return names == null ? null : new HashSet<>(List.of(names));
    }

    private FileFact stat(String path) {
        Path file = base.resolve(path);
        BasicFileAttributes link = attributes(file, LinkOption.NOFOLLOW_LINKS);
        if (link == null) {
            return FileFact.ABSENT;
        }
        if (!link.isSymbolicLink()) {
            return fact(file, link);
        }
        BasicFileAttributes attributes = attributes(file);
        if (attributes == null) {
            return FileFact.ABSENT;
        }
        FileFact target = fact(file, attributes);
        long own = nanos(link);
        return new FileFact(
                true,
                target.directory(),
                own,
                Math.max(own, target.modifiedNanos()),
                target.size());
    }

    private static FileFact fact(Path file, BasicFileAttributes attributes) {
        long nanos = nanos(attributes);
        if (attributes.isDirectory()) {
            BasicFileAttributes timestamp = attributes(file.resolve(TIMESTAMP));
            nanos = timestamp == null ? nanos : nanos(timestamp);
        }
        long size = attributes.isDirectory() ? 0 : attributes.size();
        return new FileFact(true, attributes.isDirectory(), nanos, size);
    }

    private static long nanos(BasicFileAttributes attributes) {
        return attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
    }

    /** Null where there is nothing, or nothing that may be seen. */
    private static @Nullable BasicFileAttributes attributes(Path file, LinkOption... options) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, options);
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public String sha256(String path) {
        Path file = base.resolve(path);
        if (!Files.isRegularFile(file)) {
            return "";
        }
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            return "";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    @Override
    public boolean isProtected(String path) {
        Path file = base.resolve(path);
        return Files.exists(file) && !Files.isWritable(file) && !Files.isSymbolicLink(file);
    }

    @Override
    public void forget(List<String> paths) {
        paths.forEach(seen::remove);
    }
}
