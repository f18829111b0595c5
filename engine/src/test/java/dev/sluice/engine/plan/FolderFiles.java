package dev.sluice.engine.plan;

import dev.sluice.engine.files.FileFact;
import dev.sluice.engine.files.FileFacts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files of a folder of a test, looked at one by one. */
record FolderFiles(Path folder) implements FileFacts {
    @Override
    public List<FileFact> look(List<String> paths) {
        List<FileFact> facts = new ArrayList<>(paths.size());
        for (String path : paths) {
            facts.add(fact(folder.resolve(path)));
        }
        return facts;
    }

    private static FileFact fact(Path file) {
        try {
            if (!Files.exists(file)) {
                return FileFact.ABSENT;
            }
            boolean directory = Files.isDirectory(file);
            long millis = Files.getLastModifiedTime(file).toMillis();
            return new FileFact(
                    true, directory, millis * 1_000_000, directory ? 0 : Files.size(file));
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    @Override
    public String sha256(String path) {
        try {
            return Hashes.hex(Files.readString(folder.resolve(path)));
        } catch (IOException error) {
            return "";
        }
    }

    @Override
    public void forget(List<String> paths) {}
}
