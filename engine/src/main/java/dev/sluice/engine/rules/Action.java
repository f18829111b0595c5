package dev.sluice.engine.rules;

/**
 * What a rule does when its job runs. {@code source} is the text that the code trigger compares.
 */
public sealed interface Action {
    /** How {@code -n --json} names it. */
    String kind();

    /** {@code shell:}; the command before formatting. */
    record Shell(String command) implements Action {
        @Override
        public String kind() {
            return "shell";
        }
    }

    /** {@code run:}; the block as written. */
    record Run(String source) implements Action {
        @Override
        public String kind() {
            return "run";
        }
    }

    /**
     * {@code script:} {@code notebook:} {@code wrapper:} {@code cwl:} {@code template_engine:};
     * path or name before formatting.
     */
    record Script(String kind, String path) implements Action {}

    /** The rule only collects its inputs. */
    record None() implements Action {
        @Override
        public String kind() {
            return "norun";
        }
    }
}
