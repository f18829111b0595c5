package dev.sluice.app.submit;

/**
 * How much one upload may be.
 *
 * @param uploadBytes as it is sent
 * @param unpackedBytes of all its files
 * @param files entries of any kind, and the folders they make necessary
 */
public record Quota(long uploadBytes, long unpackedBytes, long files) {}
