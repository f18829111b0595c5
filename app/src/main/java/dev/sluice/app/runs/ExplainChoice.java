package dev.sluice.app.runs;

import dev.sluice.app.console.UsageError;
import dev.sluice.engine.plan.JobFile;
import dev.sluice.engine.plan.Plan;
import dev.sluice.engine.plan.PlannedJob;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which job of a plan a user means, in the words of {@link JobChoice}. */
final class ExplainChoice {
    private static final Pattern ATTEMPT = Pattern.compile("(.+)-[0-9]{1,6}(?:\\.[0-9]+)?");
    private static final Pattern WILDCARDS = Pattern.compile("([^:=]+):(.+=.*)");
    private static final int LEAST_OF_A_KEY = 4;
    private static final int SHOWN = 10;

    private final Plan plan;
    private final String word;
    private final FileNames names;

    /**
     * @param folder where the user stands
     */
    ExplainChoice(Plan plan, Path workdir, Path folder, String word) {
        this.plan = plan;
        this.word = word;
        names = new FileNames(workdir, folder, word);
    }

    /** The job, or -1 where the plan has none; a {@link UsageError} where it could be several. */
    int job() {
        Matcher attempt = ATTEMPT.matcher(word);
        int known = plan.find(word);
        if (known < 0 && attempt.matches()) {
            known = plan.find(attempt.group(1));
        }
        return known >= 0 ? known : only(matches());
    }

    /** Whether a job of the plan makes, logs to or measures into this file. */
    private boolean makes(PlannedJob job) {
        JobFile benchmark = job.benchmark();
        Stream<JobFile> made =
                Stream.concat(job.output().items().stream(), job.log().items().stream());
        return made.map(JobFile::path).anyMatch(names::has)
                || (benchmark != null && names.has(benchmark.path()));
    }

    private List<Integer> matches() {
        var ofRule = new ArrayList<Integer>();
        var byWildcards = new ArrayList<Integer>();
        var byPrefix = new ArrayList<Integer>();
        Matcher named = WILDCARDS.matcher(word);
        String rule = named.matches() ? named.group(1) : word;
        Map<String, String> wanted = named.matches() ? pairs(named.group(2)) : Map.of();
        for (int id : plan.jobs()) {
            PlannedJob job = plan.job(id);
            if (makes(job)) {
                return List.of(id);
            }
            if (job.rule().name().equals(word)) {
                ofRule.add(id);
            } else if (!wanted.isEmpty() && job.rule().name().equals(rule)) {
                if (job.wildcards().toMap().entrySet().containsAll(wanted.entrySet())) {
                    byWildcards.add(id);
                }
            } else if (word.length() >= LEAST_OF_A_KEY && job.key().startsWith(word)) {
                byPrefix.add(id);
            }
        }
        if (!ofRule.isEmpty()) {
            return ofRule;
        }
        return byWildcards.isEmpty() ? byPrefix : byWildcards;
    }

    private static Map<String, String> pairs(String text) {
        var pairs = new LinkedHashMap<String, String>();
        for (String pair : text.split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return pairs;
    }

    private int only(List<Integer> jobs) {
        if (jobs.size() <= 1) {
            return jobs.isEmpty() ? -1 : jobs.getFirst();
        }
        var hint = new StringBuilder("name one of them:");
        for (int id : jobs.subList(0, Math.min(SHOWN, jobs.size()))) {
            hint.append("\n      ").append(selector(plan.job(id)));
            hint.append(plan.runs(id) ? "  (would run)" : "  (does not run)");
        }
        if (jobs.size() > SHOWN) {
            hint.append("\n      … and ").append(jobs.size() - SHOWN).append(" more");
        }
        throw new UsageError("`" + word + "` could be " + jobs.size() + " jobs", hint.toString());
    }

    private static String selector(PlannedJob job) {
        return new Explanation.Named(job.key(), job.rule().name(), job.wildcards().toMap())
                .selector();
    }

    /**
     * An input of the plan that none of its jobs makes, and who reads it; null where it is none.
     */
    @Nullable Source source() {
        List<Integer> readers = new ArrayList<>();
        String path = "";
        for (int id : plan.jobs()) {
            for (JobFile file : plan.job(id).input().items()) {
                if (names.has(file.path())) {
                    path = file.path();
                    readers.add(id);
                    break;
                }
            }
        }
        return readers.isEmpty() ? null : new Source(path, readers);
    }

    /** A file that jobs read and none makes. */
    record Source(String path, List<Integer> readers) {}
}
