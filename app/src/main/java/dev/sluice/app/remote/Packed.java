package dev.sluice.app.remote;

import dev.sluice.app.console.Messages;
import dev.sluice.app.console.Terminal;
import dev.sluice.app.console.UsageError;
import dev.sluice.app.runs.Sizes;
import dev.sluice.app.submit.Bundle;
import dev.sluice.app.submit.Packing;
import dev.sluice.app.submit.Refusal;

import java.io.IOException;
import java.util.List;

/** Chooses what is sent, and says what is and what is not. */
final class Packed {
    private static final int SHOWN = 5;

    private Packed() {}

    /** Throws a {@link UsageError} where it could not be run. */
    static Bundle of(SubmitWords asked, Terminal terminal) throws IOException {
        Bundle found = Packing.of(asked.workflow());
        Bundle bundle = asked.own().has(SubmitWords.SECRETS) ? found.withSecrets() : found;
        sayWhatStays(bundle, terminal);
        boolean complete =
                bundle.hasSnakefile()
                        || asked.run().has("snakefile")
                        || asked.own().has(SubmitWords.UPDATE);
        if (!complete) {
            throw new UsageError(
                    "there is no Snakefile in what would be sent",
                    bundle.origin() == Bundle.Origin.GIT
                            ? "what git does not track stays here: `git add` it, or write a"
                                    + " .sluiceignore"
                            : "name its folder, or with -s a file in it");
        }
        return bundle;
    }

    static void sayWhatGoes(Bundle bundle, Server server, Terminal terminal) {
        terminal.err()
                .println(
                        "Sending "
                                + bundle.files()
                                + (bundle.files() == 1 ? " file, " : " files, ")
                                + Sizes.text(bundle.bytes())
                                + ", to "
                                + server.url()
                                + ".");
        terminal.err().flush();
    }

    private static void sayWhatStays(Bundle bundle, Terminal terminal) {
        for (Refusal refusal : bundle.refused()) {
            Messages.warning(
                    terminal, "`" + refusal.path() + "` is not sent: it " + refusal.reason());
        }
        if (bundle.refused().stream().anyMatch(each -> each.kind() == Refusal.Kind.SECRET)) {
            terminal.err().println("  = help: --include-secrets sends it all the same");
        }
        int untracked = bundle.untracked().size();
        if (untracked > 0) {
            Messages.warning(
                    terminal,
                    (untracked == 1 ? "a file is" : untracked + " files are")
                            + " not sent, since git does not track "
                            + (untracked == 1 ? "it" : "them")
                            + ": "
                            + some(bundle.untracked()));
        }
    }

    private static String some(List<String> paths) {
        return String.join(", ", paths.subList(0, Math.min(SHOWN, paths.size())))
                + (paths.size() > SHOWN ? ", …" : "");
    }
}
