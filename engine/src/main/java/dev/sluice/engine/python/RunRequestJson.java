package dev.sluice.engine.python;

import dev.sluice.engine.evaluate.JobArguments;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A job of a {@code run:} block as the run server reads it. */
public final class RunRequestJson {
    private RunRequestJson() {}

    /**
     * @param attempt the process's name
     * @param repetition which of the benchmark's repetitions it is; -1 without a benchmark
     * @param folder where it works; empty for the run's working folder
     */
    public static String of(
            JobArguments job,
            String attempt,
            int repetition,
            String logFile,
            String folder,
            Map<String, @Nullable String> environment) {
        return of(job, attempt, repetition, logFile, folder, environment, Map.of(), List.of());
    }

    /**
     * @param pickles of the live objects among the parameters, by handle
     * @param remove outputs to be removed before the block runs: loading the Snakefile in a new
     *     process may have made them again
     */
    public static String of(
            JobArguments job,
            String attempt,
            int repetition,
            String logFile,
            String folder,
            Map<String, @Nullable String> environment,
            Map<Integer, String> pickles,
            List<String> remove) {
        try {
            byte[] text =
                    Json.write(
                            json -> {
                                json.writeStartObject();
                                ArgumentsJson.write(
                                        json, job, name -> !name.equals("attempt"), pickles);
                                json.writeStringField("attempt", attempt);
                                json.writeNumberField("jobid", job.jobId());
                                if (repetition >= 0) {
                                    json.writeNumberField("bench_iteration", repetition);
                                } else {
                                    json.writeNullField("bench_iteration");
                                }
                                json.writeStringField("log_file", logFile);
                                json.writeStringField("folder", folder);
                                json.writeArrayFieldStart("remove");
                                for (String path : remove) {
                                    json.writeString(path);
                                }
                                json.writeEndArray();
                                json.writeObjectFieldStart("environment");
                                for (Map.Entry<String, @Nullable String> change :
                                        environment.entrySet()) {
                                    json.writeStringField(change.getKey(), change.getValue());
                                }
                                json.writeEndObject();
                                json.writeEndObject();
                            });
            return new String(text, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
