package dev.sluice.engine.plan;

import java.util.List;

/** What planning gives: a plan, or the reasons why there is none. */
public sealed interface Planned {
    record Made(Plan plan, List<Problem> warnings) implements Planned {
        public Made {
            warnings = List.copyOf(warnings);
        }
    }

    record Refused(List<Problem> problems) implements Planned {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
