package dev.sluice.app.watch;

/** A stream that is open. */
interface Live {
    /** From any thread: there may be something to tell. */
    void wake();

    /** From any thread: says that it is there, where there is room. */
    void beat();

    /** From any thread: ends it cleanly. */
    void end();
}
