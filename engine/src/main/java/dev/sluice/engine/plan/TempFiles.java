package dev.sluice.engine.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which temporary outputs may go, and when. */
final class TempFiles {
    private final PlanColumns columns;
    private final RulePatterns patterns;
    private final Targets targets;
    private final BitSet runs;
    private final Set<String> made;

    /**
     * @param made what an earlier life of the run has made: it may have ended before it deleted
     *     them
     */
    TempFiles(
            PlanColumns columns,
            RulePatterns patterns,
            Targets targets,
            BitSet runs,
            List<String> made) {
        this.columns = columns;
        this.patterns = patterns;
        this.targets = targets;
        this.runs = runs;
        this.made = new HashSet<>(made);
    }

    List<TempFile> list() {
        Map<Integer, TempFile> files = new LinkedHashMap<>();
        for (int job = 0; job < columns.size(); job++) {
            int[] outputs = columns.outputs()[job];
            for (int i = 0; i < outputs.length; i++) {
                if (patterns.outputFlags(columns.ruleOf(job), i).has("temp")) {
                    String path = columns.paths().text(outputs[i]);
                    files.put(outputs[i], new TempFile(path, job, new ArrayList<>()));
                }
            }
        }
        if (files.isEmpty()) {
            return List.of();
        }
        addUsers(files);
        Set<Integer> kept = kept();
        List<TempFile> removable = new ArrayList<>();
        files.forEach(
                (path, file) -> {
                    boolean used =
                            runs.get(file.producer())
                                    || !file.neededBy().isEmpty()
                                    || made.contains(file.path());
                    if (used && !kept.contains(path) && !keptTarget(file)) {
                        removable.add(
                                new TempFile(
                                        file.path(),
                                        file.producer(),
                                        List.copyOf(file.neededBy())));
                    }
                });
        return removable;
    }

    private void addUsers(Map<Integer, TempFile> files) {
        runs.stream()
                .forEach(
                        job -> {
                            int[] producers = columns.producers()[job];
                            for (int i = 0; i < producers.length; i++) {
                                TempFile file = files.get(columns.inputs()[job][i]);
                                if (producers[i] >= 0 && file != null) {
                                    addLast(file.neededBy(), job);
                                }
                            }
                        });
    }

    /** Jobs come in ascending order: one that is there already is the last. */
    private static void addLast(List<Integer> jobs, int job) {
        if (jobs.isEmpty() || jobs.getLast() != job) {
            jobs.add(job);
        }
    }

    /**
     * A target job's own temporary files stay unless another job uses them up. Of the rule that is
     * made when nothing is asked for nobody named a file: there they go.
     */
    private boolean keptTarget(TempFile file) {
        return columns.targets().get(file.producer())
                && file.neededBy().isEmpty()
                && !targets.isDefault(columns.ruleOf(file.producer()));
    }

    /** Files that the user asked for, by name or through a rule that only collects. */
    private Set<Integer> kept() {
        Set<Integer> kept = new HashSet<>();
        for (String path : targets.roots.files()) {
            kept.add(columns.paths().id(path));
        }
        columns.targets().stream()
                .filter(job -> columns.outputs()[job].length == 0)
                .forEach(
                        job -> {
                            for (int input : columns.inputs()[job]) {
                                kept.add(input);
                            }
                        });
        return kept;
    }
}
