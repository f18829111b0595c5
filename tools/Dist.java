import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Lays out the folder that {@code bin/sluice} runs from: launchers, jars, the Python sources and
 * {@code lib/BUILD_ID}, a hash of their contents. It never looks at times, so that two builds of
 * one commit agree and an AOT cache named by the id stays valid.
 *
 * <p>Usage: {@code java tools/Dist.java APP_JAR DEPENDENCY_FOLDER DIST}, in the project's root.
 */
final class Dist {

    private static final List<String> LAUNCHERS = List.of("sluice", "snakemake");

    /** What a local run needs. All else is for the controller, on a class path of its own. */
    private static final List<String> CLI =
            List.of(
                    "antlr4-runtime.jar",
                    "jackson-core.jar",
                    "jgrapht-core.jar",
                    "jheaps.jar",
                    "json-schema.jar",
                    "sluice-dsl-grammar.jar",
                    "sluice-engine.jar",
                    "sluice-executor-local.jar",
                    "snakeyaml.jar");

    private final Path target;
    private final Path dist;
    private final MessageDigest digest;

    private Dist(Path target) throws Exception {
        this.target = target;
        this.dist = target.resolveSibling(target.getFileName() + ".new");
        this.digest = MessageDigest.getInstance("SHA-256");
    }

    public static void main(String[] args) throws Exception {
        new Dist(Path.of(args[2])).layOut(Path.of(args[0]), Path.of(args[1]));
    }

    private void layOut(Path appJar, Path dependencies) throws IOException {
        deleteTree(dist);
        Path cli = Files.createDirectories(dist.resolve("lib/cli"));
        Path serve = Files.createDirectories(dist.resolve("lib/serve"));
        // Ours first: a class is looked for in the jars in this order.
        var classPath = new ArrayList<String>();
        var more = new ArrayList<String>();
        copyHashed(appJar, cli.resolve("sluice-app.jar"));
        classPath.add("sluice-app.jar");
        List<Path> jars = filesOf(dependencies);
        jars.sort((a, b) -> order(a).compareTo(order(b)));
        for (Path jar : jars) {
            String name = jar.getFileName().toString();
            boolean local = CLI.contains(name);
            copyHashed(jar, (local ? cli : serve).resolve(name));
            (local ? classPath : more).add(name);
        }
        // Maven only ever adds to this folder: a jar that is no longer wanted must not stay.
        deleteTree(dependencies);
        copyPython(Path.of("engine/src/main/python"), dist.resolve("python"));
        for (String launcher : LAUNCHERS) {
            copyLauncher(launcher, classPath, more);
        }
        Files.copy(Path.of("LICENSE"), dist.resolve("LICENSE"));
        String id = HexFormat.of().formatHex(digest.digest()).substring(0, 16);
        Files.writeString(dist.resolve("lib/BUILD_ID"), id + "\n");
        replaceTarget(id);
    }

    /** A program may be running from the old folder: it stays when nothing has changed. */
    private void replaceTarget(String id) throws IOException {
        Path old = target.resolve("lib/BUILD_ID");
        if (Files.exists(old) && Files.readString(old).equals(id + "\n")) {
            // Its time says when the sources were last built: ./sluice compares them with it.
            Files.setLastModifiedTime(old, FileTime.from(Instant.now()));
            deleteTree(dist);
            return;
        }
        deleteTree(target);
        Files.move(dist, target);
    }

    private static String order(Path jar) {
        String name = jar.getFileName().toString();
        return (name.startsWith("sluice-") ? "0" : "1") + name;
    }

    private void copyPython(Path from, Path to) throws IOException {
        for (Path file : filesBelow(from)) {
            Path relative = from.relativize(file);
            Path copy = to.resolve(relative.toString());
            Files.createDirectories(copy.getParent());
            copyHashed(file, copy);
        }
    }

    private void copyLauncher(String name, List<String> classPath, List<String> more)
            throws IOException {
        Path template = Path.of("app/src/dist/bin/sluice");
        String text =
                Files.readString(template)
                        .replace("@CLASS_PATH@", joined("$lib/cli/", classPath))
                        .replace("@SERVE_CLASS_PATH@", joined("$lib/serve/", more));
        Path file = dist.resolve("bin").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        // The class path and the flags stand in the launcher, and a cache depends on both.
        hash(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String joined(String folder, List<String> jars) {
        return jars.stream().map(jar -> folder + jar).collect(Collectors.joining(":"));
    }

    private void copyHashed(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        hash(dist.relativize(to).toString(), Files.readAllBytes(from));
    }

    private void hash(String name, byte[] contents) {
        digest.update((name + "\0" + contents.length + "\0").getBytes(StandardCharsets.UTF_8));
        digest.update(contents);
    }

    private static List<Path> filesOf(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return new ArrayList<>(entries.toList());
        }
    }

    /** Python's caches and the helper's own tests stay behind. */
    private static List<Path> filesBelow(Path folder) throws IOException {
        var found = new ArrayList<Path>();
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes facts) {
                        String name = dir.getFileName().toString();
                        return name.equals("__pycache__") || name.equals("tests")
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
                        if (!file.toString().endsWith(".pyc")) {
                            found.add(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        found.sort(null);
        return found;
    }

    private static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes facts)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path dir, IOException failure)
                            throws IOException {
                        Files.delete(dir);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
