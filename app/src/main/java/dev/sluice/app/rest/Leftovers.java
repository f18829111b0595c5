package dev.sluice.app.rest;

import dev.sluice.app.inspect.Trees;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Removes what a request had on disk. Follows no link. */
final class Leftovers {
    private Leftovers() {}

    static void delete(Path folder) {
        try {
            Trees.delete(folder);
        } catch (NoSuchFileException gone) {
            // Moved away meanwhile: it belongs to a run now.
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder, e);
        }
    }
}
