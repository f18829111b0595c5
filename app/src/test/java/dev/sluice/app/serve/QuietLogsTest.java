package dev.sluice.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.LogRecord;

final class QuietLogsTest {
    @Test
    void aTroubleIsOneLineWithItsCauses() {
        var record = new LogRecord(Level.WARNING, "cannot write {0}\n  to the disk");
        record.setLoggerName("org.h2.store.FileStore");
        record.setParameters(new Object[] {"page"});
        record.setThrown(new IllegalStateException("broken", new IOException("disk is full")));

        assertThat(new QuietLogs.OneLine().format(record))
                .isEqualTo(
                        "warning (FileStore): cannot write page; to the disk:"
                                + " java.lang.IllegalStateException: broken: java.io.IOException:"
                                + " disk is full\n");
    }
}
