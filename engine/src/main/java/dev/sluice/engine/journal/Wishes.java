package dev.sluice.engine.journal;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * How other processes, on other machines too, tell a run something: one small file a wish, in a
 * folder that is there only while there are wishes. Whoever leaves one needs no answer of the
 * engine; whoever takes them pays one look at the disk where there is none. Never shared by
 * threads.
 */
public final class Wishes {
    private static final String UNDER_WAY = ".";
    private static final int TRIES = 100;

    private final Path runFolder;
    private final Path folder;
    private final List<String> troubles = new ArrayList<>();

    /** Files that could be read but not deleted: each is taken once all the same. */
    private final Set<String> stuck = new LinkedHashSet<>();

    private final Set<String> said = new LinkedHashSet<>();

    public Wishes(RunFolder run) {
        this.runFolder = run.path();
        this.folder = runFolder.resolve("wishes");
    }

    /** Leaves a wish for the engine that holds the run, now or later. */
    public void leave(Wish wish) {
        String name = String.format(Locale.ROOT, "%015d-%s", now(), UUID.randomUUID());
        try {
            for (int tried = 1; !left(wish, name); tried++) {
                if (tried == TRIES) {
                    throw new NoSuchFileException(folder.toString());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot leave a word for the run in " + folder + ": " + e.getMessage(), e);
        }
    }

    /** False where the engine took the folder away at that moment. */
    private boolean left(Wish wish, String name) throws IOException {
        Path written = folder.resolve(UNDER_WAY + name);
        try {
            makeFolder();
            Files.write(written, wish.lines());
            Whole.rename(written, folder.resolve(name));
            return true;
        } catch (NoSuchFileException takenAway) {
            if (Files.isDirectory(runFolder)) {
                return false;
            }
            throw takenAway;
        }
    }

    /** Only this one: a run that is no more is not brought back. */
    private void makeFolder() throws IOException {
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException there) {
            // Another wish waits in it.
        }
    }

    /**
     * What was wished since the last call, the oldest first. For the run's holder alone; never
     * fails: what cannot be read is dropped, see {@link #troubles}.
     */
    public List<Wish> take() {
        if (!Files.exists(folder)) {
            return List.of();
        }
        List<Wish> wishes = new ArrayList<>();
        for (Path file : files()) {
            String name = file.getFileName().toString();
            if (!name.startsWith(UNDER_WAY) && !stuck.contains(name)) {
                Wish wish = read(file);
                if (wish != null) {
                    wishes.add(wish);
                }
                delete(file);
            }
        }
        removeFolder();
        return wishes;
    }

    /** Drops what was wished of an earlier engine, when another goes on with the run. */
    public void discardAll() {
        if (Files.exists(folder)) {
            files().forEach(this::delete);
            removeFolder();
        }
    }

    /** Whether a wish was left that nobody has taken yet. */
    public boolean isWaiting() {
        return Files.exists(folder);
    }

    /** What could not be read or deleted, since this was last asked. */
    public List<String> troubles() {
        List<String> told = List.copyOf(troubles);
        troubles.clear();
        return told;
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (NoSuchFileException nothing) {
            return List.of();
        } catch (IOException | UncheckedIOException e) {
            say("cannot look for words to this run in " + folder + ": " + e.getMessage());
            return List.of();
        }
    }

    private @Nullable Wish read(Path file) {
        try {
            Wish wish = Wish.of(Files.readAllLines(file));
            if (wish == null) {
                say("a word to this run is not understood and is dropped: " + file.getFileName());
            }
            return wish;
        } catch (NoSuchFileException gone) {
            return null;
        } catch (IOException e) {
            say("a word to this run cannot be read and is dropped: " + e.getMessage());
            return null;
        }
    }

    private void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            stuck.add(file.getFileName().toString());
            say("a word to this run cannot be deleted: " + e.getMessage());
        }
    }

    private void removeFolder() {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException another) {
            // Somebody leaves one at this moment: it is found next time.
        } catch (IOException e) {
            say("cannot remove " + folder + ": " + e.getMessage());
        }
    }

    /** Asked five times a second, so each word once. */
    private void say(String trouble) {
        if (!said.contains(trouble)) {
            said.add(trouble);
            troubles.add(trouble);
        }
    }

    private static long now() {
        return System.currentTimeMillis();
    }
}
