import com.google.googlejavaformat.java.Main;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs google-java-format over every Java source of the tree: {@code check} fails when a file is
 * not formatted, {@code apply} rewrites it. A program of its own because the formatter must run on
 * the JDK that knows the language level, which Maven itself need not run on.
 */
final class Format {

    private Format() {}

    public static void main(String[] args) throws Exception {
        boolean apply = args[0].equals("apply");
        var command = new ArrayList<String>(List.of("--aosp"));
        command.addAll(
                apply ? List.of("--replace") : List.of("--dry-run", "--set-exit-if-changed"));
        command.addAll(sources(Path.of(args[1])));
        var out = new PrintWriter(System.out, true);
        var err = new PrintWriter(System.err, true);
        int status = new Main(out, err, System.in).format(command.toArray(String[]::new));
        if (status != 0 && !apply) {
            err.println("The files above are not formatted: run tools/format");
        }
        System.exit(status);
    }

    private static List<String> sources(Path root) throws IOException {
        var found = new ArrayList<String>();
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes facts) {
                        String name = dir.getFileName().toString();
                        // Fixtures under resources are inputs, not our code.
                        boolean skipped =
                                name.equals("target")
                                        || name.equals("resources")
                                        || (name.startsWith(".") && !dir.equals(root));
                        return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
                        if (file.toString().endsWith(".java")) {
                            found.add(file.toString());
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        found.sort(null);
        return found;
    }
}
