package dev.sluice.engine.run;

import dev.sluice.engine.execute.Executor;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Copies what jobs print to the listeners as it grows, in whole lines. */
final class Outputs {
    private static final int TAIL = 8192;
    private static final int TAIL_LINES = 20;
    private static final int LOOKS = 200;
    private static final int LONG_LINE = 1 << 16;

    private final Path workdir;
    private final Executor executor;
    private final List<RunListener> listeners;
    private final Map<String, Following> following = new LinkedHashMap<>();

    /** Whose log is looked at next; those that ended leave when it is their turn. */
    private final Deque<String> turn = new ArrayDeque<>();

    private static final class Following {
        final JobRun job;
        final Path log;
        long told;

        Following(JobRun job, Path log) {
            this.job = job;
            this.log = log;
        }
    }

    Outputs(Path workdir, Executor executor, List<RunListener> listeners) {
        this.workdir = workdir;
        this.executor = executor;
        this.listeners = listeners;
    }

    void follow(String process, JobRun job, String log) {
        follow(process, new Following(job, workdir.resolve(log)));
    }

    private void follow(String process, Following each) {
        following.put(process, each);
        turn.add(process);
    }

    /** Follows what is printed from now on. */
    void followOn(String process, JobRun job, String log) {
        var each = new Following(job, workdir.resolve(log));
        each.told = each.log.toFile().length();
        follow(process, each);
    }

    /** Looks at some of what runs; all of it in turn. A look costs, and thousands may run. */
    void look() {
        for (int left = Math.min(LOOKS, turn.size()); left > 0; left--) {
            String process = turn.remove();
            Following each = following.get(process);
            if (each != null) {
                turn.add(process);
                if (each.log.toFile().length() > each.told) {
                    tell(process, each, false);
                }
            }
        }
    }

    /** The rest of what it printed; {@code size} in all. */
    void ended(String process, long size) {
        Following each = following.remove(process);
        if (each != null && size > each.told) {
            tell(process, each, true);
        }
    }

    private void tell(String process, Following each, boolean all) {
        int length;
        do {
            byte[] text = executor.logs(process, each.told);
            int lines = afterLastLine(text);
            // A line that never ends, as progress bars write, is told in pieces.
            length = all || (lines == 0 && text.length >= LONG_LINE) ? text.length : lines;
            if (length > 0) {
                int told = length;
                each.told += told;
                listeners.forEach(listener -> listener.output(each.job, text, told));
            }
        } while (all && length > 0);
    }

    private static int afterLastLine(byte[] text) {
        int end = text.length;
        while (end > 0 && text[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    /** The last lines of what a process printed. */
    String tail(String process, long size) {
        if (size == 0) {
            return "";
        }
        String text =
                new String(
                        executor.logs(process, Math.max(0, size - TAIL)),
                        java.nio.charset.StandardCharsets.UTF_8);
        List<String> lines = text.lines().toList();
        return String.join(
                "\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    }
}
