package dev.sluice.app.report;

import dev.sluice.engine.journal.RunFolder;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

/**
 * One run as one HTML file: the page's modules and styles, and the run's data as compressed bytes
 * in Base64, so that no name in it can be markup or script. Refers to nothing outside itself, and a
 * content security policy of its own forbids it to.
 */
public final class Report {
    private static final long MOST_TEXT = 40_000_000;
    private static final String ENTRY =
            "import { start } from \"" + PageModules.nameOf("report.js") + "\";\nawait start();\n";

    private final ReportedRun run;
    private final String title;
    private final String version;
    private final long now;
    private final long mostText;

    private Report(ReportedRun run, String title, String version, long now, long mostText) {
        this.run = run;
        this.title = title;
        this.version = version;
        this.now = now;
        this.mostText = mostText;
    }

    /**
     * Reads all that is known of the run now.
     *
     * @param title empty: the run's id
     * @param version of Sluice
     * @param now in milliseconds since 1970
     */
    public static Report of(RunFolder folder, String title, String version, long now) {
        return of(folder, title, version, now, MOST_TEXT);
    }

    static Report of(RunFolder folder, String title, String version, long now, long mostText) {
        String named = title.isBlank() ? "Run " + folder.id() : title;
        return new Report(ReportedRun.of(folder), named, version, now, mostText);
    }

    /** Jobs that it tells of. */
    public int jobs() {
        return run.jobs().rows();
    }

    /** Writes the file; the stream is left open. */
    public void writeTo(OutputStream out) throws IOException {
        String styles =
                PageModules.source("style.css")
                        + PageModules.source("parts.css")
                        + PageModules.source("run.css")
                        + PageModules.source("report.css");
        String map = PageModules.from("report.js").importMap();
        text(out, head(styles, map));
        text(out, "<script type=\"importmap\">" + map + "</script>\n");
        block(out, "run-columns", to -> to.write(new ReportColumns(run, title, now).bytes()));
        block(out, "run-data", new ReportData(run, title, version, now, mostText)::writeTo);
        text(out, "<script type=\"module\">" + ENTRY + "</script>\n</body>\n</html>\n");
    }

    private String head(String styles, String map) {
        return """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src %s %s data:; style-src %s; base-uri 'none'; form-action 'none'">
        <meta name="color-scheme" content="light dark">
        <meta name="generator" content="Sluice %s">
        <title>%s</title>
        <style>%s</style>
        </head>
        <body class="report">
        <span id="link" hidden></span>
        <main id="main"><p class="blank">Opening the report…</p></main>
        <div id="toasts" class="toasts"></div>
        <div id="announce" class="sr" aria-live="polite"></div>
        <noscript><p class="noscript">This report needs JavaScript. %s</p></noscript>
        """
                .formatted(
                        hash(map),
                        hash(ENTRY),
                        hash(styles),
                        escaped(version),
                        escaped(title),
                        styles,
                        escaped(sentence()));
    }

    /** The least there is to say, for readers without scripts. */
    private String sentence() {
        var counts = run.view().counts();
        return "%s: %s, %d of %d jobs done, %d failed."
                .formatted(
                        title,
                        run.standing().state().word(),
                        counts.done(),
                        counts.total(),
                        counts.failures());
    }

    /** What fills a block of data. */
    @FunctionalInterface
    private interface Filling {
        void writeTo(OutputStream out) throws IOException;
    }

    private static void block(OutputStream out, String id, Filling filling) throws IOException {
        text(out, "<script type=\"application/octet-stream\" id=\"" + id + "\">");
        try (var packed = new GZIPOutputStream(Base64.getEncoder().wrap(new LeftOpen(out)))) {
            filling.writeTo(packed);
        }
        text(out, "</script>\n");
    }

    /** Closing ends what was wrapped around, not the file. */
    private static final class LeftOpen extends FilterOutputStream {
        LeftOpen(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    private static void text(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hash(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Text as HTML shows it, in an attribute too. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
