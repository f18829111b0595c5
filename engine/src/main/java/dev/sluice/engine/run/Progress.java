package dev.sluice.engine.run;

/** How many jobs are done, of how many. */
public record Progress(int done, int total, int running) {
    public int percent() {
        return total == 0 ? 100 : (int) (100L * done / total);
    }
}
