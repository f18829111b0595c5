package dev.sluice.app.serve;

import java.util.Arrays;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * What the libraries of the server have to say: warnings and errors, a line each on standard error.
 */
final class QuietLogs {
    private QuietLogs() {}

    /** For the whole process; before a library writes its first line. */
    static void install() {
        // Netty would make the virtual machine warn of how it takes memory.
        if (System.getProperty("io.netty.noUnsafe") == null) {
            System.setProperty("io.netty.noUnsafe", "true");
        }
        Logger root = Logger.getLogger("");
        Arrays.stream(root.getHandlers()).forEach(root::removeHandler);
        var handler = new ConsoleHandler();
        handler.setFormatter(new OneLine());
        root.addHandler(handler);
        root.setLevel(Level.WARNING);
    }

    /** The causes of an error stand behind it; where in the code it was is told to nobody. */
    static final class OneLine extends Formatter {
        @Override
        public String format(LogRecord record) {
            var line =
                    new StringBuilder(record.getLevel().equals(Level.SEVERE) ? "error" : "warning");
            String name = record.getLoggerName() == null ? "" : record.getLoggerName();
            line.append(" (").append(name.substring(name.lastIndexOf('.') + 1)).append("): ");
            line.append(formatMessage(record));
            for (Throwable each = record.getThrown(); each != null; each = each.getCause()) {
                line.append(": ").append(each);
            }
            return line.toString().replaceAll("\\s*\\R\\s*", "; ") + "\n";
        }
    }
}
