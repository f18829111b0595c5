package dev.sluice.engine.files;

/**
 * What is known of one file.
 *
 * @param modifiedNanos the later of the file's and (for a symbolic link) the link's modification
 *     time as Snakemake takes it, since 1970, in nanoseconds; for a directory that of its {@code
 *     .snakemake_timestamp} where it has one
 * @param size bytes; 0 for a directory
 */
public record FileFact(boolean exists, boolean directory, long modifiedNanos, long size) {
    public static final FileFact ABSENT = new FileFact(false, false, 0, 0);
}
