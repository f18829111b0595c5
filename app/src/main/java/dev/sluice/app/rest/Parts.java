package dev.sluice.app.rest;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The parts of a {@code multipart/form-data} body.
 *
 * @param texts those without a file
 * @param uploads already on disk; they go when the request is over
 */
record Parts(SequencedMap<String, String> texts, List<Upload> uploads) {
    static final Parts NONE = new Parts(new LinkedHashMap<>(), List.of());

    /**
     * @param fileName as the client calls it; says nothing that can be trusted
     */
    record Upload(String part, String fileName, Path file) {}

    Parts {
        uploads = List.copyOf(uploads);
    }

    @Nullable String text(String part) {
        return texts.get(part);
    }

    /**
     * @throws Problem where there is none, or several
     */
    Upload upload(String part) {
        List<Upload> found = uploads.stream().filter(each -> each.part().equals(part)).toList();
        if (found.size() != 1) {
            throw Problem.badRequest(
                    found.isEmpty()
                            ? "the part `" + part + "` with a file is missing"
                            : "there are " + found.size() + " parts `" + part + "`",
                    "send multipart/form-data, such as `curl -F " + part + "=@workflow.tar.gz`");
        }
        return found.getFirst();
    }
}
