package dev.sluice.engine.plan;

import dev.sluice.engine.rules.Flags;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Named pipes and services between jobs. */
final class Streams {
    private Streams() {}

    static boolean any(RulePatterns patterns, PlanColumns columns, int job) {
        for (Flags flags : patterns.of(columns.ruleOf(job).index()).outputFlags()) {
            if (is(flags)) {
                return true;
            }
        }
        return false;
    }

    static boolean is(Flags flags) {
        return flags.has(Flags.PIPE) || flags.has(Flags.SERVICE);
    }

    /** The jobs that read a stream of this one; each once. */
    static List<Integer> users(RulePatterns patterns, PlanColumns columns, int job) {
        List<Integer> users = new ArrayList<>();
        int[] outputs = columns.outputs()[job];
        for (int i = 0; i < outputs.length; i++) {
            if (is(patterns.outputFlags(columns.ruleOf(job), i))) {
                for (int user : usersOf(columns, job, outputs[i])) {
                    if (!users.contains(user)) {
                        users.add(user);
                    }
                }
            }
        }
        return users;
    }

    private static List<Integer> usersOf(PlanColumns columns, int job, int path) {
        List<Integer> users = new ArrayList<>();
        for (int dependent : columns.dependents().of(job)) {
            int[] inputs = columns.inputs()[dependent];
            for (int i = 0; i < inputs.length; i++) {
                if (inputs[i] == path && columns.producers()[dependent][i] == job) {
                    users.add(dependent);
                    break;
                }
            }
        }
        return users;
    }

    /** What is wrong with the streams of a job that runs, or null. */
    static @Nullable Problem problem(RulePatterns patterns, PlanColumns columns, int job) {
        int[] outputs = columns.outputs()[job];
        for (int i = 0; i < outputs.length; i++) {
            Flags flags = patterns.outputFlags(columns.ruleOf(job), i);
            if (is(flags)) {
                String message = wrong(columns, job, outputs[i], flags.has(Flags.PIPE));
                if (message != null) {
                    return Problems.ofRule(
                            PlanCode.BAD_STREAM,
                            columns.ruleOf(job),
                            message,
                            Problems.wildcards(columns.wildcardsOf(job)));
                }
            }
        }
        return null;
    }

    private static @Nullable String wrong(PlanColumns columns, int job, int path, boolean pipe) {
        String file = columns.paths().text(path);
        if (kind(columns, job).equals("run")) {
            return "a `run:` block cannot write a pipe or offer a service: use `shell:` or"
                    + " `script:`";
        }
        List<Integer> users = usersOf(columns, job, path);
        if (users.isEmpty()) {
            return "no job reads `"
                    + file
                    + "`, so that the job behind this pipe or service would never end";
        }
        if (pipe && users.size() > 1) {
            return users.size()
                    + " jobs want to read the pipe `"
                    + file
                    + "`; a pipe has one reader (temp() has many)";
        }
        for (int user : users) {
            if (kind(columns, user).equals("run")) {
                return "rule `"
                        + columns.ruleOf(user).name()
                        + "` reads the pipe or service `"
                        + file
                        + "` from a `run:` block, which cannot: use `shell:` or `script:`";
            }
            if (pipe && kind(columns, user).equals("norun")) {
                return "rule `"
                        + columns.ruleOf(user).name()
                        + "` asks for the pipe `"
                        + file
                        + "` but runs nothing that reads it, so that its writer would never end";
            }
        }
        return null;
    }

    private static String kind(PlanColumns columns, int job) {
        return columns.ruleOf(job).action().kind();
    }
}
