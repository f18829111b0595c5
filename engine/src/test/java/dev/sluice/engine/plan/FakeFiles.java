package dev.sluice.engine.plan;

import dev.sluice.engine.files.FileFact;
import dev.sluice.engine.files.FileFacts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Files in memory; times in whole seconds. */
final class FakeFiles implements FileFacts {
    private final Map<String, FileFact> facts = new HashMap<>();
    private final Map<String, String> contents = new HashMap<>();

    private final Set<String> kept = new HashSet<>();

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

    /** A link: the time of its own, and that of what it points to. */
    FakeFiles withLink(String path, long own, long target) {
        long second = 1_000_000_000L;
        facts.put(path, new FileFact(true, false, own * second, Math.max(own, target) * second, 1));
        return this;
    }

    FakeFiles withProtected(String path, long seconds) {
        kept.add(path);
        return with(path, seconds);
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
    public boolean isProtected(String path) {
        return kept.contains(path);
    }

    @Override
    public void forget(List<String> paths) {}
}
