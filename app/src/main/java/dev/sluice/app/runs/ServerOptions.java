package dev.sluice.app.runs;

import dev.sluice.app.console.UsageError;
import dev.sluice.app.options.Arguments;
import dev.sluice.app.options.Option;

import java.util.List;

/** The options that send a command to a server. Whoever is at work on folders refuses them. */
public final class ServerOptions {
    public static final String SERVER = "server";
    public static final String TOKEN_FILE = "token-file";

    /** In the order in which help lists them. */
    public static final List<Option> ALL =
            List.of(
                    Asked.option(
                            List.of("--" + SERVER),
                            Option.Arity.OPTIONAL,
                            "URL",
                            "of the runs of this server; without URL: $SLUICE_SERVER"),
                    Asked.option(
                            List.of("--" + TOKEN_FILE),
                            Option.Arity.ONE,
                            "FILE",
                            "whose first line the server is shown; default: $SLUICE_TOKEN"));

    private ServerOptions() {}

    /** A {@link UsageError} where one of them is given to a command that asks no server. */
    public static void refuse(Arguments given) {
        if (given.has(SERVER)) {
            throw new UsageError(
                    "this cannot be asked of a server", "spelt out as --server it is, or left out");
        }
        if (given.has(TOKEN_FILE)) {
            throw new UsageError("--token-file goes with --server");
        }
    }
}
