package dev.sluice.engine.evaluate;

/**
 * A script job to be prepared; {@code kind}: script, notebook, wrapper, template_engine, cwl;
 * {@code path} already formatted.
 */
public record ScriptRequest(String kind, String path, JobArguments job) {}
