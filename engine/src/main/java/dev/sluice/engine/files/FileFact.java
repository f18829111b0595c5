package dev.sluice.engine.files;

/**
 * What is known of one file. Times count from 1970, in nanoseconds.
 *
 * @param modifiedNanos the modification time of the file itself, of a symbolic link its own; for a
 *     directory that of its {@code .snakemake_timestamp} where it has one. An output is as old as
 *     this.
 * @param newestNanos of a symbolic link the later of its own and its target's time, else as above.
 *     An input is as new as this.
 * @param size bytes; 0 for a directory
 */
public record FileFact(
        boolean exists, boolean directory, long modifiedNanos, long newestNanos, long size) {
    public static final FileFact ABSENT = new FileFact(false, false, 0, 0);

    /** What is no link. */
    public FileFact(boolean exists, boolean directory, long modifiedNanos, long size) {
        this(exists, directory, modifiedNanos, modifiedNanos, size);
    }
}
