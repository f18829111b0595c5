package dev.sluice.app.runs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tables of docs/json.md, by the heading they stand under. */
final class JsonPage {
    private static final Path PAGE =
            Path.of(System.getProperty("sluice.project.dir", "..")).resolve("docs/json.md");

    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    private final SequencedMap<String, List<List<String>>> tables = new LinkedHashMap<>();

    /** Rows with their cells still joined. */
    JsonPage() {
        String heading = "";
        List<String> rows = null;
        for (String line : lines()) {
            if (line.startsWith("## ")) {
                heading = line.substring(3);
            }
            if (!line.startsWith("|")) {
                rows = null;
            } else if (rows == null) {
                rows = new ArrayList<>();
                tables.computeIfAbsent(heading, _ -> new ArrayList<>()).add(rows);
            } else if (!line.startsWith("|-")) {
                rows.add(line);
            }
        }
    }

    /** The names in the first column of the k-th table under a heading. */
    List<String> fields(String heading, int table) {
        return rows(heading, table).stream().map(row -> names(row, 1).getFirst()).toList();
    }

    /** What the second column of the k-th table names, by what the first does. */
    SequencedMap<String, List<String>> fieldsByName(String heading, int table) {
        var byName = new LinkedHashMap<String, List<String>>();
        rows(heading, table).forEach(row -> byName.put(names(row, 1).getFirst(), names(row, 2)));
        return byName;
    }

    private List<String> rows(String heading, int table) {
        return tables.getOrDefault(heading, List.of()).get(table);
    }

    private static List<String> names(String row, int column) {
        Matcher name = NAME.matcher(row.split("\\|", -1)[column]);
        return name.results().map(found -> found.group(1)).toList();
    }

    private static List<String> lines() {
        try {
            return Files.readAllLines(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
