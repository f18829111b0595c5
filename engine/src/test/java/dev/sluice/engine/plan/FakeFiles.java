package dev.sluice.engine.plan;

import dev.sluice.engine.files.FileFact;
import dev.sluice.engine.files.FileFacts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Files in memory; times in whole seconds. */
final class FakeFiles implements FileFacts {
    private final Map<String, FileFact> facts = new HashMap<>();
    private final Map<String, String> contents = new HashMap<>();

    /** How many times the planner asked. */
    int looks;

    FakeFiles with(String path, long seconds) {
        return with(path, seconds, path);
    }

    FakeFiles with(String path, long seconds, String content) {
        facts.put(path, new FileFact(true, false, seconds * 1_000_000_000L, content.length()));
        contents.put(path, content);
        return this;
    }

    FakeFiles without(String path) {
        facts.remove(path);
        contents.remove(path);
        return this;
    }

    @Override
    public List<FileFact> look(List<String> paths) {
        looks++;
        List<FileFact> answers = new ArrayList<>(paths.size());
        for (String path : paths) {
            answers.add(facts.getOrDefault(path, FileFact.ABSENT));
        }
        return answers;
    }

    @Override
    public String sha256(String path) {
        String content = contents.get(path);
        return content == null ? "" : Hashes.hex(content);
    }

    @Override
    public void forget(List<String> paths) {}
}
