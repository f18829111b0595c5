package dev.sluice.engine.run;

/**
 * Why a job failed.
 *
 * @param exitCode -1 where there is none, 128 + n for signal n
 * @param logTail the last lines that its process printed
 * @param willRetry it is tried again
 */
public record JobFailure(String why, int exitCode, String logTail, boolean willRetry) {}
