package dev.sluice.app.settings;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;

/**
 * What {@code --settings FILE} says, with what holds where it says nothing. Secrets are read from
 * their files when the settings are, so that a wrong path is a message at the start.
 *
 * @param publicUrl how browsers reach the server, without a slash at its end; null where the
 *     address that it listens on will do
 * @param drop null where no folder is watched
 * @param mail null where nobody is written to
 */
public record ServerSettings(
        @Nullable String publicUrl,
        Quotas quotas,
        @Nullable DropFolder drop,
        List<Webhook> webhooks,
        @Nullable Mail mail,
        Retention retention) {
    /** Of a server without a settings file. */
    public static final ServerSettings DEFAULTS =
            new ServerSettings(null, Quotas.DEFAULTS, null, List.of(), null, Retention.DEFAULTS);

    public ServerSettings {
        webhooks = List.copyOf(webhooks);
    }

    /** The same, with a drop folder given on the command line; its owner and words stay. */
    public ServerSettings withDrop(Path folder) {
        DropFolder before = drop == null ? DropFolder.of(folder) : drop;
        var given = new DropFolder(folder, before.owner(), before.words(), before.settleSeconds());
        return new ServerSettings(publicUrl, quotas, given, webhooks, mail, retention);
    }

    /**
     * How much one may ask of the server.
     *
     * @param uploadBytes of one upload as it comes
     * @param unpackedBytes of one workflow
     * @param files in one workflow
     * @param runsPerOwner how many runs of one owner may go on at once
     */
    public record Quotas(long uploadBytes, long unpackedBytes, long files, int runsPerOwner) {
        public static final Quotas DEFAULTS = new Quotas(2L << 30, 10L << 30, 100_000, 100);
    }

    /**
     * A folder whose contents are submitted.
     *
     * @param owner of runs that come from it
     * @param words flags and targets of {@code sluice run} for each of them
     * @param settleSeconds for how long a bundle has to lie still before it is taken
     */
    public record DropFolder(Path folder, String owner, List<String> words, int settleSeconds) {
        public DropFolder {
            words = List.copyOf(words);
        }

        static DropFolder of(Path folder) {
            return new DropFolder(folder, System.getProperty("user.name", "local"), List.of(), 5);
        }
    }

    /** How a run can have ended; the words are those of its state. */
    public enum End {
        SUCCEEDED("succeeded"),
        FAILED("failed"),
        STOPPED("stopped"),
        BROKEN_OFF("broken-off");

        private final String word;

        End(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        /** Null where a run in this state has not ended. */
        public static @Nullable End of(String state) {
            for (End end : values()) {
                if (end.word.equals(state)) {
                    return end;
                }
            }
            return null;
        }
    }

    /**
     * Where the ends of runs are told.
     *
     * @param secret signs what is sent; empty where nothing is signed
     */
    public record Webhook(String url, String secret, List<End> events) {
        public Webhook {
            events = List.copyOf(events);
        }

        /** Says no secret. */
        @Override
        public String toString() {
            return "webhook " + url;
        }
    }

    /** Who is written to about ends of runs, and through which server. */
    public record Mail(
            String host,
            int port,
            Security security,
            String user,
            String password,
            String from,
            List<String> to,
            List<End> events) {
        public Mail {
            to = List.copyOf(to);
            events = List.copyOf(events);
        }

        /** How the way to the mail server is secured. */
        public enum Security {
            NONE,
            STARTTLS,
            TLS
        }

        /** Says no password. */
        @Override
        public String toString() {
            return "mail by " + host + ":" + port + " to " + to;
        }
    }

    /**
     * How long what runs leave is kept. 0 is for ever.
     *
     * @param runDays ended runs with all they made
     * @param logDays logs of ended runs
     * @param logBytes logs of an ended run that are larger together lose their largest ones
     * @param incomingHours what broken uploads left
     * @param everyMinutes how often it is looked after
     */
    public record Retention(
            int runDays, int logDays, long logBytes, int incomingHours, int everyMinutes) {
        public static final Retention DEFAULTS = new Retention(0, 0, 0, 24, 60);
    }
}
