package dev.sluice.executor.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Finds a place for a Unix socket: short enough for the system, and in a folder that only the user
 * may enter.
 */
final class SocketPlace {
    /** What a socket's address holds on Linux, but for its last NUL. */
    private static final int LONGEST = 107;

    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rwx------");

    private SocketPlace() {}

    static Path find(Path runFolder) throws IOException {
        String name = UUID.randomUUID().toString().substring(24);
        IOException last = new IOException("no folder for it has a short enough name");
        for (Path folder : folders(runFolder)) {
            Path place = folder.resolve(name);
            if (place.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST) {
                continue;
            }
            try {
                makePrivate(folder, runFolder);
                return place;
            } catch (IOException e) {
                last = e;
            }
        }
        throw new IOException("cannot make a folder for the supervisor's socket: " + last, last);
    }

    private static List<Path> folders(Path runFolder) throws IOException {
        List<Path> folders = new ArrayList<>();
        String runtime = System.getenv("XDG_RUNTIME_DIR");
        if (runtime != null && !runtime.isEmpty()) {
            folders.add(Path.of(runtime, "sluice"));
        }
        // By number: in a container, a user may have no name.
        String user = String.valueOf(Files.getAttribute(runFolder, "unix:uid"));
        folders.add(Path.of(System.getProperty("java.io.tmpdir", "/tmp"), "sluice-" + user));
        folders.add(Path.of("/tmp", "sluice-" + user));
        folders.add(runFolder.resolve("socket"));
        return folders;
    }

    private static void makePrivate(Path folder, Path runFolder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        }
        boolean ours =
                Files.getOwner(folder).equals(Files.getOwner(runFolder))
                        && Files.getPosixFilePermissions(folder).equals(OWNER_ONLY)
                        && Files.isWritable(folder);
        if (!ours) {
            throw new IOException(folder + " belongs to others or lets others in");
        }
    }
}
