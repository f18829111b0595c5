package dev.sluice.engine.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Follows a journal that another process writes: tells each fact once, soon after it was written.
 * Never writes. Owned by one thread.
 */
public final class JournalTail {
    private static final long PAUSE_MILLIS = 100;

    private final Path path;
    private final Supplier<Consumer<Entry>> readers;
    private Consumer<Entry> reader;
    private long told;
    private boolean doubtful;

    /**
     * @param readers asked for a reader that knows nothing: at once, and again where facts were
     *     taken back because they could not be written whole
     */
    public JournalTail(Path path, Supplier<Consumer<Entry>> readers) {
        this.path = path;
        this.readers = readers;
        this.reader = readers.get();
    }

    /**
     * Tells what is new; the number of facts. A journal that is not there yet has none.
     *
     * @throws JournalUnreadable where it is damaged
     */
    public int poll() {
        long size = size();
        if (size == told) {
            return 0;
        }
        if (size < told) {
            startAgain();
        }
        int[] facts = {0};
        try {
            told =
                    JournalReader.read(
                            path,
                            told,
                            entry -> {
                                facts[0]++;
                                reader.accept(entry);
                            });
            doubtful = false;
        } catch (JournalUnreadable e) {
            // It may have been cut and written again between two looks, or be half seen over a
            // network: damage is what stays when all is read anew.
            if (doubtful) {
                throw e;
            }
            doubtful = true;
            startAgain();
        }
        return facts[0];
    }

    /** Tells facts as they come, until {@code over} says so after a look that found nothing new. */
    public void follow(BooleanSupplier over) throws InterruptedException {
        while (true) {
            boolean quiet = poll() == 0;
            if (quiet && !doubtful && over.getAsBoolean()) {
                return;
            }
            if (quiet) {
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    /** Up to where facts were told. */
    public long offset() {
        return told;
    }

    private void startAgain() {
        told = 0;
        reader = readers.get();
    }

    private long size() {
        try {
            return Files.size(path);
        } catch (NoSuchFileException notYet) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path + ": " + e.getMessage(), e);
        }
    }
}
