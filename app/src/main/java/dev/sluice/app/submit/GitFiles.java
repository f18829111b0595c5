package dev.sluice.app.submit;

import dev.sluice.app.console.UsageError;

import org.jspecify.annotations.Nullable;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Asks git what it knows of a folder. Changes nothing of the checkout.
 *
 * @param tracked below the folder, those of submodules as well
 * @param untracked and not ignored
 */
record GitFiles(List<String> tracked, List<String> untracked) {
    /** Null where the folder is in no checkout. */
    static @Nullable GitFiles of(Path folder) throws IOException {
        if (!isCheckout(folder)) {
            return null;
        }
        return new GitFiles(
                ask(folder, "--cached", "--recurse-submodules"),
                ask(folder, "--others", "--exclude-standard"));
    }

    private static boolean isCheckout(Path folder) {
        for (Path at = folder; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(".git"))) {
                return true;
            }
        }
        return false;
    }

    private static List<String> ask(Path folder, String... which) throws IOException {
        var command = new ArrayList<>(List.of("git", "-C", folder.toString()));
        // A checkout from somebody else could name a program here, and git would start it.
        command.addAll(List.of("-c", "core.fsmonitor=false", "ls-files", "-z"));
        command.addAll(List.of(which));
        // A file, so that no pipe can fill while the other is read.
        Path errors = Files.createTempFile("sluice-git-", ".txt");
        try {
            var builder = new ProcessBuilder(command);
            builder.environment().put("GIT_OPTIONAL_LOCKS", "0");
            builder.redirectInput(new File("/dev/null")).redirectError(errors.toFile());
            Process git = start(builder);
            byte[] said = git.getInputStream().readAllBytes();
            if (git.waitFor() != 0) {
                throw cannot(Files.readString(errors).strip());
            }
            return split(new String(said, StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while git was asked", e);
        } finally {
            Files.delete(errors);
        }
    }

    private static Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw cannot(String.valueOf(e.getMessage()));
        }
    }

    private static List<String> split(String names) {
        var split = new LinkedHashSet<String>();
        for (String name : names.split("\0", -1)) {
            if (!name.isEmpty()) {
                split.add(name);
            }
        }
        return List.copyOf(split);
    }

    private static UsageError cannot(String why) {
        return new UsageError(
                "this is a git checkout, and git cannot say what is tracked: " + why,
                "a file .sluiceignore (it may be empty) says what to leave out, and git is not"
                        + " asked");
    }
}
