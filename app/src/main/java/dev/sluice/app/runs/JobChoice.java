package dev.sluice.app.runs;

import dev.sluice.app.console.UsageError;
import dev.sluice.dsl.diagnostic.Spelling;
import dev.sluice.engine.schedule.Key;
import dev.sluice.engine.view.AttemptView;
import dev.sluice.engine.view.JobView;
import dev.sluice.engine.view.RunView;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which job of a run a user means. A job that had no attempt yet is on no record, so that it cannot
 * be meant.
 */
final class JobChoice {
    /** {@code KEY-2}, and {@code KEY-2.1} for one of an attempt's processes. */
    private static final Pattern ATTEMPT = Pattern.compile("(.+)-([0-9]{1,6})(?:\\.[0-9]+)?");

    private static final Pattern WILDCARDS = Pattern.compile("([^:=]+):(.+=.*)");
    private static final int LEAST_OF_A_KEY = 4;
    private static final int SHOWN = 10;

    private final Path workdir;
    private final Path folder;
    private final String word;

    /** Attempt is null where none was named. */
    record Chosen(JobView job, @Nullable Integer attempt) {}

    /**
     * @param folder where the user stands
     */
    JobChoice(Path workdir, Path folder, String word) {
        this.workdir = workdir;
        this.folder = folder;
        this.word = word;
    }

    /** The job that is meant; null where the run knows none. Throws where it could be several. */
    @Nullable Chosen in(RunView view) {
        Matcher attempt = ATTEMPT.matcher(word);
        if (attempt.matches()) {
            int number = Integer.parseInt(attempt.group(2));
            List<JobView> jobs = ofAttempt(view, attempt.group(1), number);
            if (!jobs.isEmpty()) {
                return new Chosen(only(jobs), number);
            }
        }
        List<JobView> jobs = matches(view);
        return jobs.isEmpty() ? null : new Chosen(only(jobs), null);
    }

    /** As {@link #in}, but a job that is not there is an error too. */
    Chosen required(RunView view, String run) {
        Chosen chosen = in(view);
        if (chosen == null) {
            throw unknown(view, "in run " + run);
        }
        return chosen;
    }

    /** All jobs that the word may mean, most exact first: none of the lesser ways is then tried. */
    List<JobView> matches(RunView view) {
        JobView known = view.job(new Key(word));
        if (known != null) {
            return List.of(known);
        }
        var names = new FileNames(workdir, folder, word);
        JobView maker = null;
        var ofRule = new ArrayList<JobView>();
        var byWildcards = new ArrayList<JobView>();
        var byPrefix = new ArrayList<JobView>();
        Matcher named = WILDCARDS.matcher(word);
        Map<String, String> wanted = named.matches() ? pairs(named.group(2)) : Map.of();
        boolean prefix = word.length() >= LEAST_OF_A_KEY;
        for (JobView job : view.jobs()) {
            if (job.outputs().stream().anyMatch(names::has)) {
                // A rule may have been renamed between two lives: the later maker is meant.
                maker = job;
            }
            if (job.rule().equals(word)) {
                ofRule.add(job);
            } else if (!wanted.isEmpty() && job.rule().equals(named.group(1))) {
                if (job.wildcards().entrySet().containsAll(wanted.entrySet())) {
                    byWildcards.add(job);
                }
            } else if (prefix && job.key().text().startsWith(word)) {
                byPrefix.add(job);
            }
        }
        if (maker != null) {
            return List.of(maker);
        }
        if (!ofRule.isEmpty()) {
            return ofRule;
        }
        List<JobView> exact =
                byWildcards.stream().filter(job -> job.wildcards().equals(wanted)).toList();
        if (!exact.isEmpty()) {
            return exact;
        }
        return byWildcards.isEmpty() ? byPrefix : byWildcards;
    }

    /** Says that there is no such job, and what is near. */
    UsageError unknown(RunView view, String where) {
        Set<String> known = new LinkedHashSet<>();
        for (JobView job : view.jobs()) {
            known.add(job.rule());
            known.add(selector(job));
            known.addAll(job.outputs());
        }
        List<String> near =
                known.stream()
                        .filter(name -> Math.abs(name.length() - word.length()) <= 3)
                        .toList();
        return new UsageError(
                "there is no job `" + word + "` " + where,
                Spelling.nearest(word, near)
                        .map(name -> "did you mean " + name + "?")
                        .orElse(
                                "jobs are known once they were started; "
                                        + AskedFrom.quoted(AskedFrom.named("status") + " --jobs")
                                        + " lists them"));
    }

    /** How a user can name the job: {@code rule:wildcard=value,…}. */
    static String selector(JobView job) {
        SequencedMap<String, String> wildcards = job.wildcards();
        if (job.rule().isEmpty()) {
            return job.key().text();
        }
        return wildcards.isEmpty()
                ? job.rule()
                : job.rule()
                        + wildcards.entrySet().stream()
                                .map(each -> each.getKey() + "=" + each.getValue())
                                .collect(Collectors.joining(",", ":", ""));
    }

    private static List<JobView> ofAttempt(RunView view, String key, int number) {
        JobView job = view.job(new Key(key));
        if (job != null && job.attempt(number) != null) {
            return List.of(job);
        }
        var found = new ArrayList<JobView>();
        for (JobView each : view.jobs()) {
            AttemptView attempt = each.attempt(number);
            if (attempt != null && attempt.task().text().equals(key)) {
                found.add(each);
            }
        }
        return found;
    }

    private JobView only(List<JobView> jobs) {
        if (jobs.size() == 1) {
            return jobs.getFirst();
        }
        var hint = new StringBuilder("name one of them:");
        for (JobView job : jobs.subList(0, Math.min(SHOWN, jobs.size()))) {
            hint.append("\n      ").append(selector(job)).append("  (");
            hint.append(job.state().name().toLowerCase(Locale.ROOT)).append(", ");
            hint.append(job.key()).append(')');
        }
        if (jobs.size() > SHOWN) {
            hint.append("\n      … and ").append(jobs.size() - SHOWN).append(" more");
        }
        throw new UsageError("`" + word + "` could be " + jobs.size() + " jobs", hint.toString());
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
}
