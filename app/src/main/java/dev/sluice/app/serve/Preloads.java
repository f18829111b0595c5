package dev.sluice.app.serve;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a page will ask for, told with its first answer: modules import modules, and a browser that
 * has to read one to learn of the next goes to and fro five times before it shows a run. In the
 * order in which a page needs them: what it cannot paint without, a run's snapshot, modules.
 */
final class Preloads {
    private static final String PAGE = "index.html";
    private static final Pattern PAINTED =
            Pattern.compile("<(script src|link rel=\"stylesheet\" href)=\"(/app/[^\"]+)\"");
    private static final Pattern IMPORT =
            Pattern.compile("\\b(?:from|import)\\s+\"\\.(\\.?)/([^\"]+)\"");

    private static final Pattern RUN = Pattern.compile("/runs/([A-Za-z0-9-]+)/?");
    private static final Pattern JOB = Pattern.compile("/runs/[^/]+/jobs/[^/]+/?");

    private final Function<String, @Nullable String> text;
    private final boolean changes;
    private final Map<String, String> modulesOf = new ConcurrentHashMap<>();

    /**
     * @param text of a file of the page by its path; null where there is none
     * @param changes whether that may be another one the next time
     */
    Preloads(Function<String, @Nullable String> text, boolean changes) {
        this.text = text;
        this.changes = changes;
    }

    /** The value of a {@code Link} header for the page at this path; empty where none helps. */
    String linkOf(String path) {
        Matcher run = RUN.matcher(path);
        if (run.matches()) {
            // Asked for as the page's own fetch does, or the browser would not take it for the
            // same.
            return painted()
                    + "</api/v1/runs/"
                    + run.group(1)
                    + "/snapshot>; rel=preload; as=fetch; crossorigin, "
                    + modules("run.js");
        }
        if (JOB.matcher(path).matches()) {
            return painted() + modules("job.js");
        }
        return path.equals("/") ? painted() + modules("runs.js") : "";
    }

    private String painted() {
        return kept(PAGE, this::findPainted);
    }

    private String modules(String entry) {
        return kept(entry, this::findModules);
    }

    private String kept(String name, Function<String, String> finding) {
        return changes ? finding.apply(name) : modulesOf.computeIfAbsent(name, finding);
    }

    private String findPainted(String page) {
        String html = text.apply(page);
        var link = new StringBuilder();
        Matcher found = PAINTED.matcher(html == null ? "" : html);
        while (found.find()) {
            String as = found.group(1).startsWith("script") ? "script" : "style";
            link.append('<').append(found.group(2)).append(">; rel=preload; as=").append(as);
            link.append(", ");
        }
        return link.toString();
    }

    private String findModules(String entry) {
        SequencedSet<String> found = new LinkedHashSet<>();
        var open = new ArrayDeque<String>();
        open.add("main.js");
        open.add(entry);
        while (!open.isEmpty()) {
            String name = open.remove();
            String source = found.contains(name) ? null : text.apply(name);
            if (source != null) {
                found.add(name);
                String folder = name.substring(0, name.lastIndexOf('/') + 1);
                Matcher imports = IMPORT.matcher(source);
                while (imports.find()) {
                    open.add((imports.group(1).isEmpty() ? folder : "") + imports.group(2));
                }
            }
        }
        var link = new StringBuilder();
        for (String name : found) {
            link.append(link.isEmpty() ? "" : ", ");
            link.append("</app/").append(name).append(">; rel=modulepreload");
        }
        return link.toString();
    }
}
