package dev.sluice.app.cli;

import static dev.sluice.app.options.Option.Arity.ANY;
import static dev.sluice.app.options.Option.Arity.ONE;
import static dev.sluice.app.options.Option.Arity.OPTIONAL;
import static dev.sluice.app.options.Option.Arity.SOME;
import static dev.sluice.app.options.Option.Arity.SWITCH;

import dev.sluice.app.options.Arguments;
import dev.sluice.app.options.Option;
import dev.sluice.app.options.Option.Arity;
import dev.sluice.app.options.Option.Section;
import dev.sluice.app.options.Option.Support;
import dev.sluice.app.options.OptionTable;

import java.util.ArrayList;
import java.util.List;

/**
 * All options of {@code sluice run}: those of Snakemake 9.25.2 (names and arities read off its
 * {@code --help}) and a few of our own. Every option of Snakemake is here, built or not, so that
 * none is ever ignored in silence.
 */
public final class SnakemakeOptions {
    /** Where a workflow's Snakefile is looked for, the first that is there. */
    public static final List<String> SNAKEFILES = RunOptions.SNAKEFILES;

    private final List<Option> options = new ArrayList<>();

    public static OptionTable table() {
        return new OptionTable("run", new SnakemakeOptions().options);
    }

    /**
     * Throws a {@link dev.sluice.app.console.UsageError} for the first option that is Snakemake's
     * and not built yet.
     */
    public static void refuseWhatIsNotBuilt(Arguments given) {
        RunOptions.refuseWhatIsNotBuilt(given, table());
    }

    private SnakemakeOptions() {
        execution();
        settings();
        resources();
        inspection();
        files();
        output();
        behaviour();
        deployment();
        remote();
        internal();
    }

    private void execution() {
        var s = Section.EXECUTION;
        built(
                s,
                "--snakefile -s",
                ONE,
                "FILE",
                "the workflow; else Snakefile, snakefile, workflow/Snakefile, workflow/snakefile");
        built(
                s,
                "--dry-run --dryrun -n",
                SWITCH,
                "",
                "show what would be done and why, run nothing");
        built(
                s,
                "--directory -d",
                ONE,
                "DIR",
                "work there; paths of the workflow are relative to it");
        built(s, "--force -f", SWITCH, "", "make the targets again, also when they are up to date");
        built(s, "--forceall -F", SWITCH, "", "make the targets and all they depend on again");
        built(
                s,
                "--forcerun -R",
                ANY,
                "TARGET",
                "make these rules or files again, and what depends on them");
        built(s, "--until -U", SOME, "TARGET", "stop after these rules or files");
        built(
                s,
                "--omit-from -O",
                SOME,
                "TARGET",
                "leave out these rules or files and what depends on them");
        built(s, "--batch", ONE, "RULE=I/N", "only part I of N of the inputs of RULE");
        built(s, "--prioritize -P", SOME, "TARGET", "run what these need first");
        built(s, "--keep-going -k", SWITCH, "", "go on with independent jobs when one failed");
        built(
                s,
                "--retries --restart-times -T",
                ONE,
                "N",
                "try a failed job up to N more times (a rule's own `retries` wins)");
        built(
                s,
                "--rerun-incomplete --ri",
                SWITCH,
                "",
                "make outputs again that an earlier run left unfinished (always done)");
        built(
                s,
                "--ignore-incomplete --ii",
                SWITCH,
                "",
                "take outputs that an earlier run left unfinished as they are");
        built(
                s,
                "--rerun-triggers",
                SOME,
                "TRIGGER",
                "what makes an output outdated (all, by default)",
                "mtime",
                "params",
                "input",
                "software-env",
                "code");
        built(s, "--consider-ancient", SOME, "RULE=ITEM,…", "never take these inputs as newer");
        built(s, "--touch -t", SWITCH, "", "mark outputs as up to date instead of making them");
        built(
                s,
                "--profile",
                ONE,
                "NAME|DIR|FILE",
                "take options from a profile (repeatable; also $SNAKEMAKE_PROFILE)");
        built(
                s,
                "--workflow-profile",
                ONE,
                "DIR",
                "take options from the workflow's profile (default: profiles/default; none: no)");
        built(s, "--executor -e", ONE, "NAME", "where jobs run; built so far: local");
        built(
                s,
                "--python",
                ONE,
                "FILE",
                "the Python that runs the Snakefile's Python (default: python3; also"
                        + " $SLUICE_PYTHON)");
    }

    private void settings() {
        var s = Section.SETTINGS;
        built(s, "--config -C", ANY, "KEY=VALUE", "set values of the workflow's config");
        built(
                s,
                "--configfile --configfiles",
                SOME,
                "FILE",
                "read these config files over the workflow's own");
        built(
                s,
                "--replace-workflow-config",
                SWITCH,
                "",
                "--configfile replaces the workflow's config instead of adding to it");
        built(s, "--envvars", SOME, "NAME", "environment variables that have to exist");
        built(s, "--set-scatter", SOME, "NAME=N", "into how many parts scatter/gather splits");
        built(s, "--groups", SOME, "RULE=GROUP", "put rules into groups");
        built(
                s,
                "--group-components",
                SOME,
                "GROUP=N",
                "how many connected parts of a group run together");
    }

    private void resources() {
        var s = Section.RESOURCES;
        built(
                s,
                "--cores -c",
                OPTIONAL,
                "N|all",
                "cores to use at most (default: all that may be used)");
        built(
                s,
                "--jobs -j",
                OPTIONAL,
                "N|unlimited",
                "jobs at a time at most; locally the same as --cores");
        built(s, "--local-cores", ONE, "N", "cores for local rules when jobs run elsewhere");
        built(s, "--resources --res", SOME, "NAME=N", "what all running jobs may use together");
        built(s, "--set-threads", SOME, "RULE=N", "threads of a rule");
        built(s, "--max-threads", ONE, "N", "threads of any rule at most");
        built(s, "--set-resources", SOME, "RULE:NAME=VALUE", "resources of a rule");
        built(
                s,
                "--default-resources --default-res",
                ANY,
                "NAME=VALUE",
                "resources of rules that do not name them");
        built(
                s,
                "--set-resource-scopes",
                SOME,
                "NAME=SCOPE",
                "scope of a resource: global, local or excluded");
        needless(
                s,
                "--scheduler",
                OPTIONAL,
                "NAME",
                "Sluice has one scheduler, greedy by priority",
                "greedy",
                "ilp");
        needless(s, "--scheduler-greediness --greediness", ONE, "X", "there is no trade to make");
        needless(
                s,
                "--scheduler-subsample",
                ONE,
                "N",
                "the scheduler does not slow down with ready jobs");
        needless(s, "--scheduler-ilp-solver", ONE, "NAME", "there is no solver");
        needless(s, "--scheduler-ilp-solver-path", ONE, "PATH", "there is no solver");
        needless(s, "--scheduler-solver-path", ONE, "PATH", "there is no solver");
        needless(s, "--scheduler-greedy-greediness", ONE, "X", "there is no trade to make");
        needless(
                s,
                "--scheduler-greedy-omit-prioritize-by-temp-and-input",
                SWITCH,
                "",
                "jobs are not ranked by size");
        needless(
                s,
                "--max-jobs-per-timespan",
                ONE,
                "N/TIME",
                "local jobs start as fast as they can");
        needless(s, "--max-jobs-per-second", ONE, "N", "local jobs start as fast as they can");
        needless(s, "--preemptible-retries", ONE, "N", "local jobs are not preempted");
        notBuilt(s, "--preemptible-rules", ANY, "RULE", "");
    }

    private void inspection() {
        var s = Section.INSPECTION;
        built(s, "--list-rules --list -l", SWITCH, "", "list the rules with their docstrings");
        built(
                s,
                "--list-target-rules --lt",
                SWITCH,
                "",
                "list the rules that can be targets by name");
        built(s, "--summary -S", SWITCH, "", "a table of all files of the plan and their state");
        built(s, "--detailed-summary -D", SWITCH, "", "the same with inputs and commands");
        built(
                s,
                "--dag",
                OPTIONAL,
                "FORMAT",
                "the graph of jobs, as dot or mermaid-js",
                "dot",
                "mermaid-js");
        built(
                s,
                "--rulegraph",
                OPTIONAL,
                "FORMAT",
                "the graph of rules, as dot or mermaid-js",
                "dot",
                "mermaid-js");
        built(s, "--filegraph", SWITCH, "", "the graph of rules with their files, as dot");
        built(
                s,
                "--lint",
                OPTIONAL,
                "FORMAT",
                "hints for a better workflow, as text or json",
                "text",
                "json");
        built(
                s,
                "--list-untracked --lu",
                SWITCH,
                "",
                "list files here that the workflow does not use");
        built(
                s,
                "--list-changes --lc",
                ONE,
                "WHAT",
                "list outputs with changed code, input or params",
                "code",
                "input",
                "params");
        built(
                s,
                "--list-input-changes --li",
                SWITCH,
                "",
                "list outputs with a changed set of inputs");
        built(s, "--list-params-changes --lp", SWITCH, "", "list outputs with changed params");
        built(
                s,
                "--print-compilation",
                SWITCH,
                "",
                "print the Python program made of the Snakefile");
        built(s, "--json", SWITCH, "", "with -n: one JSON object per job");
        notBuilt(s, "--debug-dag", SWITCH, "", "");
        notBuilt(s, "--d3dag", SWITCH, "", "");
        notBuilt(s, "--report", OPTIONAL, "FILE", "");
        notBuilt(s, "--report-after-run", SWITCH, "", "");
        notBuilt(s, "--report-stylesheet", ONE, "FILE", "");
        notBuilt(s, "--report-metadata", ONE, "FILE", "");
        notBuilt(s, "--reporter", ONE, "PLUGIN", "");
        notBuilt(s, "--report-html-path", ONE, "FILE", "");
        notBuilt(s, "--report-html-stylesheet-path", ONE, "FILE", "");
        notBuilt(s, "--generate-unit-tests", OPTIONAL, "DIR", "");
        notBuilt(s, "--containerize", OPTIONAL, "FORMAT", "");
        notBuilt(s, "--export-cwl", ONE, "FILE", "");
        notBuilt(s, "--archive", ONE, "FILE", "");
        notBuilt(s, "--draft-notebook", ONE, "TARGET", "");
        notBuilt(s, "--edit-notebook", ONE, "TARGET", "");
        notBuilt(s, "--notebook-listen", ONE, "IP:PORT", "");
        notBuilt(s, "--runtime-profile", ONE, "FILE", "");
    }

    private void files() {
        var s = Section.FILES;
        built(
                s,
                "--delete-all-output",
                SWITCH,
                "",
                "remove all outputs of the workflow (try with -n first)");
        built(
                s,
                "--delete-temp-output",
                SWITCH,
                "",
                "remove all temporary outputs of the workflow");
        built(s, "--notemp --no-temp --nt", SWITCH, "", "keep temp() outputs");
        built(s, "--all-temp", SWITCH, "", "treat all outputs but the targets as temp()");
        built(s, "--keep-incomplete", SWITCH, "", "keep the outputs of failed jobs");
        built(
                s,
                "--latency-wait --output-wait -w",
                ONE,
                "SECONDS",
                "how long to wait for files that do not show up (default 5)");
        built(s, "--wait-for-files", ANY, "FILE", "wait for these before anything else");
        built(s, "--wait-for-files-file", ONE, "FILE", "the same, names in a file");
        built(s, "--shadow-prefix", ONE, "DIR", "where shadow folders are made");
        built(
                s,
                "--cleanup-metadata --cm",
                SOME,
                "FILE",
                "forget what is known about these outputs");
        built(s, "--drop-metadata", SWITCH, "", "do not remember how outputs were made");
        built(s, "--cleanup-shadow", SWITCH, "", "remove shadow folders that were left behind");
        built(s, "--unlock", SWITCH, "", "nothing to do: a crash leaves nothing locked");
        built(s, "--nolock", SWITCH, "", "do not hold the outputs against other runs");
        built(
                s,
                "--max-checksum-file-size",
                ONE,
                "SIZE",
                "inputs up to this size are compared by content (default 1000000)");
        built(s, "--skip-script-cleanup", SWITCH, "", "keep prepared scripts");
        notBuilt(s, "--cache", ANY, "RULE", "");
        needless(s, "--max-inventory-time", ONE, "SECONDS", "files are looked at in bulk");
        needless(s, "--trust-io-cache", SWITCH, "", "files are looked at in bulk");
    }

    private void output() {
        var s = Section.OUTPUT;
        built(s, "--printshellcmds -p", SWITCH, "", "print the commands");
        built(
                s,
                "--quiet -q",
                ANY,
                "WHAT",
                "say less: progress, rules, reason, host or all",
                "all",
                "host",
                "progress",
                "reason",
                "rules");
        built(s, "--nocolor", SWITCH, "", "no colours (also $NO_COLOR)");
        built(s, "--show-failed-logs", SWITCH, "", "print the whole logs of failed jobs");
        built(s, "--verbose", SWITCH, "", "say more, with stack traces for our own errors");
        built(s, "--benchmark-extended", SWITCH, "", "more columns in benchmark files");
        notBuilt(s, "--logger", SOME, "PLUGIN", "");
    }

    private void behaviour() {
        var s = Section.BEHAVIOUR;
        built(
                s,
                "--allow-ambiguity -a",
                SWITCH,
                "",
                "take the first of several rules that make the same file");
        built(
                s,
                "--force-use-threads",
                SWITCH,
                "",
                "accepted; run: blocks are processes of their own");
        built(
                s,
                "--detach",
                SWITCH,
                "",
                "go on in the background once the run has begun; sluice attach follows it");
        built(
                s,
                "--detach-on-interrupt",
                SWITCH,
                "",
                "Ctrl-C leaves the running jobs to sluice resume");
        built(s, "--no-hooks", SWITCH, "", "do not call onstart, onsuccess and onerror");
        built(
                s,
                "--queue-input-wait-time",
                ONE,
                "SECONDS",
                "how often queues are asked for new inputs");
        needless(
                s,
                "--strict-dag-evaluation",
                SOME,
                "WHAT",
                "errors of candidates are shown when no rule can make a file",
                "cyclic-graph",
                "functions",
                "periodic-wildcards");
        needless(s, "--omit-flags", SOME, "FLAG", "internal to Snakemake");
        notBuilt(s, "--debug", SWITCH, "", "");
        notBuilt(s, "--no-subworkflows --nosw", SWITCH, "", "");
        needless(
                s,
                "--persistence-backend",
                ONE,
                "NAME",
                "provenance lives in the journal",
                "db",
                "file");
        notBuilt(s, "--persistence-backend-db-url", ONE, "URL", "");
    }

    private void deployment() {
        var s = Section.DEPLOYMENT;
        planOnly(
                s,
                "--software-deployment-method --deployment-method --deployment --sdm",
                SOME,
                "METHOD",
                "conda, apptainer or env-modules",
                "apptainer",
                "conda",
                "env-modules");
        planOnly(s, "--use-conda", SWITCH, "", "the same as --sdm conda");
        planOnly(s, "--use-apptainer --use-singularity", SWITCH, "", "the same as --sdm apptainer");
        planOnly(s, "--use-envmodules", SWITCH, "", "the same as --sdm env-modules");
        needless(s, "--conda-prefix", ONE, "DIR", "means something with --sdm conda only");
        needless(
                s,
                "--conda-frontend",
                ONE,
                "NAME",
                "means something with --sdm conda only",
                "conda",
                "mamba");
        needless(s, "--conda-base-path", ONE, "DIR", "means something with --sdm conda only");
        needless(
                s,
                "--conda-not-block-search-path-envvars",
                SWITCH,
                "",
                "means something with --sdm conda only");
        needless(
                s,
                "--apptainer-prefix --singularity-prefix",
                ONE,
                "DIR",
                "means something with --sdm apptainer only");
        needless(
                s,
                "--apptainer-args --singularity-args",
                ONE,
                "ARGS",
                "means something with --sdm apptainer only");
        needless(
                s,
                "--wrapper-prefix",
                ONE,
                "PREFIX",
                "wrappers from the network are not built yet");
        notBuilt(s, "--list-conda-envs", SWITCH, "", "");
        notBuilt(s, "--conda-cleanup-envs", SWITCH, "", "");
        notBuilt(s, "--conda-cleanup-pkgs", OPTIONAL, "MODE", "");
        notBuilt(s, "--conda-create-envs-only", SWITCH, "", "");
        notBuilt(s, "--container-cleanup-images", SWITCH, "", "");
    }

    private void remote() {
        var s = Section.REMOTE;
        needless(s, "--shared-fs-usage", SOME, "WHAT", "local jobs share the file system");
        needless(
                s,
                "--max-status-checks-per-second",
                ONE,
                "N",
                "ends of local jobs are told, not asked for");
        needless(
                s,
                "--seconds-between-status-checks",
                ONE,
                "N",
                "ends of local jobs are told, not asked for");
        notBuilt(s, "--cluster-generic-submit-cmd", ONE, "CMD", "");
        notBuilt(s, "--cluster-generic-status-cmd", ONE, "CMD", "");
        notBuilt(s, "--cluster-generic-cancel-cmd", ONE, "CMD", "");
        notBuilt(s, "--container-image", ONE, "IMAGE", "");
        notBuilt(s, "--immediate-submit --is", SWITCH, "", "");
        notBuilt(s, "--jobscript --js", ONE, "FILE", "");
        needless(s, "--jobname --jn", ONE, "NAME", "local jobs have no names");
        notBuilt(s, "--precommand", ONE, "CMD", "");
        notBuilt(s, "--job-deploy-sources", SWITCH, "", "");
        built(s, "--default-storage-provider", ONE, "NAME", "only none is built");
        notBuilt(s, "--default-storage-prefix", ONE, "PREFIX", "");
        notBuilt(s, "--local-storage-prefix", ONE, "PREFIX", "");
        notBuilt(s, "--remote-job-local-storage-prefix", ONE, "PREFIX", "");
        notBuilt(s, "--keep-storage-local-copies", SWITCH, "", "");
        notBuilt(s, "--not-retrieve-storage", SWITCH, "", "");
        notBuilt(s, "--wait-for-free-local-storage", ONE, "TIME", "");
    }

    private void internal() {
        var s = Section.INTERNAL;
        notBuilt(s, "--mode", ONE, "MODE", "");
        notBuilt(s, "--target-jobs", SOME, "JOB", "");
        notBuilt(s, "--allowed-rules", SOME, "RULE", "");
        notBuilt(s, "--local-groupid", ONE, "ID", "");
        notBuilt(s, "--attempt", ONE, "N", "");
        notBuilt(s, "--deploy-sources", ONE, "QUERY", "");
        notBuilt(s, "--unneeded-temp-files", SOME, "FILE", "");
        notBuilt(s, "--target-files-omit-workdir-adjustment", SWITCH, "", "");
        notBuilt(s, "--runtime-source-cache-path", ONE, "DIR", "");
    }

    private void built(
            Section section,
            String names,
            Arity arity,
            String metavar,
            String help,
            String... choices) {
        add(section, Support.BUILT, names, arity, metavar, help, choices);
    }

    private void needless(
            Section section,
            String names,
            Arity arity,
            String metavar,
            String help,
            String... choices) {
        add(section, Support.NEEDLESS, names, arity, metavar, help, choices);
    }

    private void planOnly(
            Section section,
            String names,
            Arity arity,
            String metavar,
            String help,
            String... choices) {
        add(section, Support.PLAN_ONLY, names, arity, metavar, help, choices);
    }

    private void notBuilt(Section section, String names, Arity arity, String metavar, String help) {
        add(section, Support.NOT_BUILT, names, arity, metavar, help);
    }

    private void add(
            Section section,
            Support support,
            String names,
            Arity arity,
            String metavar,
            String help,
            String... choices) {
        var option =
                new Option(
                        List.of(names.split(" ")),
                        arity,
                        metavar,
                        section,
                        support,
                        help,
                        List.of(choices));
        options.add(option);
    }
}
