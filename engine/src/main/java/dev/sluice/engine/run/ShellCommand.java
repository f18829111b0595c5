package dev.sluice.engine.run;

import dev.sluice.engine.plan.JobSettings;
import dev.sluice.engine.rules.RuleBook;
import dev.sluice.engine.value.Value;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How a {@code shell:} command becomes a program and its arguments. */
final class ShellCommand {
    private static final String STRICT = "set -euo pipefail; ";

    /** Linux takes no single argument of 128 KiB or more; Snakemake goes over to a file here. */
    private static final int LONGEST = 65_535;

    private final RuleBook.Shell shell;
    private final Path scripts;

    /**
     * @param scripts a folder for commands that are too long; made when needed
     */
    ShellCommand(RuleBook.Shell shell, Path scripts) {
        this.shell = shell;
        this.scripts = scripts;
    }

    List<String> argv(String command, JobSettings job, String process) throws IOException {
        String executable = executable(job);
        String text = (prefix(executable) + " " + command + " " + shell.suffix()).strip();
        if (text.length() * 4L <= LONGEST
                || text.getBytes(StandardCharsets.UTF_8).length <= LONGEST) {
            return List.of(executable, "-c", text);
        }
        Files.createDirectories(scripts);
        Path script = scripts.resolve(process + ".sh");
        Files.writeString(script, text + "\n");
        return List.of(executable, script.toString());
    }

    private String executable(JobSettings job) {
        if (job.resources().get("shell_exec") instanceof Value.Text(String chosen)) {
            return chosen;
        }
        String executable = shell.executable();
        return executable == null || executable.isEmpty() ? "bash" : executable;
    }

    /** Strict mode is for bash alone; a prefix that the Snakefile chose is for any shell. */
    private String prefix(String executable) {
        boolean bash = executable.equals("bash") || executable.endsWith("/bash");
        return bash || !shell.prefix().equals(STRICT) ? shell.prefix() : "";
    }
}
