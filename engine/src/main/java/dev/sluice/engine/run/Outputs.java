package dev.sluice.engine.run;

import dev.sluice.engine.execute.Executor;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Copies what jobs print to the listeners as it grows, in whole lines. */
final class Outputs {
    private static final int TAIL = 8192;
    private static final int TAIL_LINES = 20;

    private final Path workdir;
    private final Executor executor;
    private final List<RunListener> listeners;
    private final Map<String, Following> following = new LinkedHashMap<>();

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
        following.put(process, new Following(job, workdir.resolve(log)));
    }

    /** Follows what is printed from now on. */
    void followOn(String process, JobRun job, String log) {
        var each = new Following(job, workdir.resolve(log));
        each.told = each.log.toFile().length();
        following.put(process, each);
    }

    /** Looks at all that runs. */
    void look() {
        for (Iterator<Map.Entry<String, Following>> all = following.entrySet().iterator();
                all.hasNext(); ) {
            Map.Entry<String, Following> each = all.next();
            if (each.getValue().log.toFile().length() > each.getValue().told) {
                tell(each.getKey(), each.getValue(), false);
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
        byte[] text = executor.logs(process, each.told);
        int length = all ? text.length : afterLastLine(text);
        if (length > 0) {
            each.told += length;
            listeners.forEach(listener -> listener.output(each.job, text, length));
        }
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
