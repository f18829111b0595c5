package dev.sluice.engine.evaluate;

/**
 * A template to be formatted by Python; {@code what} names it in messages: shell, message, script,
 * …
 */
public record FormatRequest(String template, String what, JobArguments job) {}
