package dev.sluice.engine.python;

/** Takes what a workflow logs. */
public interface HelperLog {
    /**
     * @param level debug, info, warning or error
     */
    void log(String level, String message);
}
