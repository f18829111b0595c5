package dev.sluice.engine.plan;

import dev.sluice.engine.files.FileFact;
import dev.sluice.engine.files.FileFacts;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** What is known of each path by its number; asks for what is missing in bulk. */
final class KnownFiles {
    private final Paths paths;
    private final FileFacts files;
    private final List<@Nullable FileFact> facts = new ArrayList<>();

    KnownFiles(Paths paths, FileFacts files) {
        this.paths = paths;
        this.files = files;
    }

    /** Asks for those that are not known yet. */
    void need(Ints pathIds) {
        List<String> asked = new ArrayList<>();
        Ints askedIds = new Ints();
        for (int i = 0; i < pathIds.size(); i++) {
            int id = pathIds.get(i);
            grow(id);
            if (facts.get(id) == null) {
                facts.set(id, FileFact.ABSENT);
                asked.add(paths.text(id));
                askedIds.add(id);
            }
        }
        if (asked.isEmpty()) {
            return;
        }
        List<FileFact> answers = files.look(asked);
        for (int i = 0; i < answers.size(); i++) {
            facts.set(askedIds.get(i), answers.get(i));
        }
    }

    FileFact fact(int pathId) {
        grow(pathId);
        FileFact known = facts.get(pathId);
        if (known != null) {
            return known;
        }
        Ints one = new Ints();
        one.add(pathId);
        need(one);
        FileFact fact = facts.get(pathId);
        return fact == null ? FileFact.ABSENT : fact;
    }

    boolean exists(int pathId) {
        return fact(pathId).exists();
    }

    String sha256(int pathId) {
        return files.sha256(paths.text(pathId));
    }

    /** The world may have changed: everything is asked again. */
    void forget() {
        facts.replaceAll(fact -> null);
    }

    private void grow(int pathId) {
        while (facts.size() <= pathId) {
            facts.add(null);
        }
    }
}
