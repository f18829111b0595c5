package dev.sluice.dsl.diagnostic;

/**
 * Keeps the page that lists all codes. Each catalogue owns one section between two marks, so that
 * each stage's test can hold its own section true and leave the others as they are.
 */
public final class CatalogPage {
    private CatalogPage() {}

    /** The page with the catalogue's section replaced, or added at the end. */
    public static String withSection(String page, Catalog catalog) {
        String section = section(catalog);
        int start = page.indexOf(beginMark(catalog));
        int end = page.indexOf(endMark(catalog));
        if (start < 0 || end < start) {
            return page.stripTrailing() + "\n\n" + section;
        }
        int after = page.indexOf('\n', end);
        return page.substring(0, start) + section + (after < 0 ? "" : page.substring(after + 1));
    }

    /** The section of one catalogue, with its marks. */
    public static String section(Catalog catalog) {
        var text = new StringBuilder();
        text.append(beginMark(catalog)).append("\n## ").append(catalog.title()).append("\n\n");
        text.append("| Code | Kind | What it says | What to do |\n|---|---|---|---|\n");
        for (DiagnosticCode code : catalog.codes()) {
            text.append(
                    "| `%s` | %s | %s | %s |%n"
                            .formatted(
                                    code.word(),
                                    code.severity().word(),
                                    cell(code.meaning()),
                                    cell(code.remedy()))
                            .replace(System.lineSeparator(), "\n"));
        }
        return text.append('\n').append(endMark(catalog)).append('\n').toString();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    private static String beginMark(Catalog catalog) {
        return "<!-- begin: " + catalog.title() + " -->";
    }

    private static String endMark(Catalog catalog) {
        return "<!-- end: " + catalog.title() + " -->";
    }
}
