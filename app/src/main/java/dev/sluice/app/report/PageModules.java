package dev.sluice.app.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page's modules as they are put into a report: all that its entry imports, under names that an
 * import map resolves to what they hold. Nothing is translated but the names in imports.
 */
final class PageModules {
    /** What a module says where it imports another. */
    private static final Pattern IMPORT =
            Pattern.compile("(\\bfrom\\s+|\\bimport\\s+|\\bimport\\()\"(\\.[^\"]+)\"");

    private static final String PREFIX = "sluice/";

    /** What stands in a report in place of what asks a server. */
    private static final Map<String, String> INSTEAD =
            Map.of("api.js", "report/api.js", "router.js", "report/router.js");

    private final SequencedMap<String, String> modules = new LinkedHashMap<>();

    private PageModules() {}

    /** The entry and all that it imports. */
    static PageModules from(String entry) {
        var all = new PageModules();
        var open = new ArrayDeque<String>();
        open.add(entry);
        while (!open.isEmpty()) {
            String name = open.remove();
            if (!all.modules.containsKey(name)) {
                String text = named(name, source(name), open);
                all.modules.put(name, text);
            }
        }
        return all;
    }

    static String nameOf(String module) {
        return PREFIX + module;
    }

    /** {@code {"imports": {…}}} with each module as a {@code data:} URL. */
    String importMap() {
        var map = new StringBuilder("{\"imports\":{");
        String comma = "";
        for (var module : modules.entrySet()) {
            map.append(comma).append('"').append(nameOf(module.getKey()));
            map.append("\":\"data:text/javascript;base64,");
            byte[] text = module.getValue().getBytes(StandardCharsets.UTF_8);
            map.append(Base64.getEncoder().encodeToString(text)).append('"');
            comma = ",\n";
        }
        return map.append("}}").toString();
    }

    /** A file of the page, as text. */
    static String source(String name) {
        String folder = System.getProperty("sluice.web.dir");
        try {
            if (folder != null) {
                return Files.readString(Path.of(folder, name.split("/")));
            }
            try (InputStream file = PageModules.class.getResourceAsStream("/web/" + name)) {
                if (file == null) {
                    throw new NoSuchFileException("web/" + name);
                }
                return new String(file.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("this installation lacks a file: " + e.getMessage(), e);
        }
    }

    private static String named(String module, String text, ArrayDeque<String> open) {
        Path here = Path.of("/", module.split("/"));
        Matcher imports = IMPORT.matcher(text);
        var named = new StringBuilder();
        while (imports.find()) {
            Path path = here.resolveSibling(imports.group(2)).normalize();
            String found = path.toString().substring(1);
            String name = INSTEAD.getOrDefault(found, found);
            open.add(name);
            imports.appendReplacement(
                    named, Matcher.quoteReplacement(imports.group(1) + '"' + nameOf(name) + '"'));
        }
        return imports.appendTail(named).toString();
    }
}
