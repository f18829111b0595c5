package dev.sluice.engine.view;

import dev.sluice.engine.schedule.Key;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * A job that had an attempt, or was given up without one. Changes as facts come; owned by the
 * thread of its {@link RunView}. There may be a hundred thousand, so that it holds little.
 */
public final class JobView {
    private final Key key;
    private final String rule;
    private final String[] wildcards;
    private final List<String> outputs;
    private List<AttemptView> attempts = List.of();

    /** The plan, counted from 1, that knew it last. */
    int plan;

    /** Where it was settled without an attempt under its plan; null where it was not. */
    private @Nullable JobState givenUp;

    private String givenUpBecause = "";

    /**
     * @param rule empty where nobody said
     * @param wildcards names and values in turn
     */
    JobView(Key key, String rule, String[] wildcards, List<String> outputs) {
        this.key = key;
        this.rule = rule;
        this.wildcards = wildcards;
        this.outputs = outputs;
    }

    public Key key() {
        return key;
    }

    public String rule() {
        return rule;
    }

    public SequencedMap<String, String> wildcards() {
        var map = new LinkedHashMap<String, String>();
        for (int i = 0; i < wildcards.length; i += 2) {
            map.put(wildcards[i], wildcards[i + 1]);
        }
        return Collections.unmodifiableSequencedMap(map);
    }

    /** Paths as the workflow writes them. */
    public List<String> outputs() {
        return outputs;
    }

    /** The first one first; none where the job was given up without any. */
    public List<AttemptView> attempts() {
        return Collections.unmodifiableList(attempts);
    }

    public @Nullable AttemptView lastAttempt() {
        return attempts.isEmpty() ? null : attempts.getLast();
    }

    /** The attempt of this number, or null. */
    public @Nullable AttemptView attempt(int number) {
        for (AttemptView attempt : attempts) {
            if (attempt.number() == number) {
                return attempt;
            }
        }
        return null;
    }

    public JobState state() {
        if (givenUp != null) {
            return givenUp;
        }
        return attempts.isEmpty() ? JobState.STARTED : attempts.getLast().state;
    }

    /** Why it failed, was lost or is tried again; empty where all went well. */
    public String failure() {
        return givenUp != null || attempts.isEmpty() ? givenUpBecause : attempts.getLast().failure;
    }

    /** {@code rule, sample=A, lane=1}, or its key where its rule is not known. */
    public String title() {
        if (rule.isEmpty()) {
            return "job " + key;
        }
        String named =
                wildcards().entrySet().stream()
                        .map(wildcard -> ", " + wildcard.getKey() + "=" + wildcard.getValue())
                        .collect(Collectors.joining());
        return rule + named;
    }

    void add(AttemptView attempt) {
        givenUp = null;
        // Nearly every job has one attempt only.
        if (attempts.isEmpty()) {
            attempts = List.of(attempt);
        } else {
            attempts = new ArrayList<>(attempts);
            attempts.add(attempt);
        }
    }

    /** Not given up after all: it is what its last attempt is. */
    void takeUp() {
        givenUp = null;
        givenUpBecause = "";
    }

    /** Settled without an attempt under this plan; those of earlier ones stay what they were. */
    void giveUp(JobState state, String because) {
        givenUp = state;
        givenUpBecause = because;
    }
}
