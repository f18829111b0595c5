package dev.sluice.app.watch;

import org.jspecify.annotations.Nullable;

/** Wakes a stream that is opened only once its run was looked at. */
final class Waker implements Runnable {
    private volatile @Nullable Live stream;

    /** The stream is there; it may have missed a call. */
    void begin(Live begun) {
        stream = begun;
        begun.wake();
    }

    @Override
    public void run() {
        Live begun = stream;
        if (begun != null) {
            begun.wake();
        }
    }
}
