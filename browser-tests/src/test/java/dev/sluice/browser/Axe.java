package dev.sluice.browser;

import com.microsoft.playwright.Page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Deque's axe-core: looks at a page for what shuts people out. */
final class Axe {
    private static final String RUN =
            """
            options => axe.run(document, {resultTypes: ['violations'], ...options}).then(found =>
                found.violations.flatMap(rule => rule.nodes.map(node =>
                    rule.id + ' (' + rule.impact + ') at ' + node.target.join(' ')
                        + ': ' + node.failureSummary)))
            """;

    private final Page page;
    private final String source;

    Axe(Page page) {
        this.page = page;
        try (InputStream file = Axe.class.getResourceAsStream("/axe.min.js")) {
            source =
                    new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it finds on the page as it is now, by all of its rules. */
    List<String> all() {
        return found(Map.of());
    }

    /** What it finds of that alone which differs between light and dark. */
    List<String> contrast() {
        return found(Map.of("runOnly", List.of("color-contrast")));
    }

    /** The page's own policy lets no script in; the browser's debugger does. */
    private List<String> found(Map<String, Object> options) {
        page.evaluate(source);
        return ((List<?>) page.evaluate(RUN, options)).stream().map(String::valueOf).toList();
    }
}
