package dev.sluice.app.options;

import java.util.List;

/**
 * One option of the command line, as data. Snakemake's names are kept, aliases included.
 *
 * @param names first the canonical long name, then the others
 * @param metavar how help names the value; empty for a switch
 * @param choices the only values allowed; empty where any is
 */
public record Option(
        List<String> names,
        Arity arity,
        String metavar,
        Section section,
        Support support,
        String help,
        List<String> choices) {

    /**
     * How many words an option takes, in argparse's terms: none, one, {@code ?}, {@code +}, {@code
     * *}.
     */
    public enum Arity {
        SWITCH,
        ONE,
        OPTIONAL,
        SOME,
        ANY
    }

    /** Under which head help lists it. */
    public enum Section {
        EXECUTION("What to run"),
        SETTINGS("Settings of the workflow"),
        RESOURCES("Cores and resources"),
        INSPECTION("Look, do not run"),
        FILES("Files"),
        OUTPUT("Output"),
        BEHAVIOUR("Behaviour"),
        DEPLOYMENT("Software environments"),
        REMOTE("Other executors"),
        INTERNAL("Internal");

        private final String title;

        Section(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    /** What Sluice makes of an option. */
    public enum Support {
        /** It works. */
        BUILT,
        /** Accepted, since what it tunes does not exist here or is never needed; help says so. */
        NEEDLESS,
        /** A dry-run plans as usual; a real run says that it is not built yet and stops. */
        PLAN_ONLY,
        /** An error that says it is not built yet. */
        NOT_BUILT
    }

    /** The canonical name without its dashes, such as {@code dry-run}. */
    public String key() {
        return names.getFirst().substring(2);
    }

    public boolean takesValue() {
        return arity != Arity.SWITCH;
    }
}
