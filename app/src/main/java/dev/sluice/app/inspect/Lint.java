package dev.sluice.app.inspect;

import dev.sluice.dsl.Parsed;
import dev.sluice.dsl.Snakefiles;
import dev.sluice.dsl.ast.Snakefile;
import dev.sluice.engine.rules.Rule;
import dev.sluice.engine.rules.RuleBook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Hints at what makes a workflow easier to read and to move. Reads Snakefiles and the rules they
 * declare; never plans, and never says that something is wrong: that is what diagnostics do.
 */
public final class Lint {
    private Lint() {}

    /**
     * Reads the Snakefiles of a workflow from the disk; those that are not there (from the network)
     * are left out.
     */
    public static List<Finding> of(RuleBook book) throws IOException {
        List<Parsed<Snakefile>> sources = new ArrayList<>();
        for (String name : book.snakefiles()) {
            Path file = Path.of(name);
            if (Files.isRegularFile(file)) {
                sources.add(Snakefiles.parse(name, Files.readAllBytes(file)));
            }
        }
        return of(book, sources);
    }

    /** The hints about files, then those about rules, in the order of the text. */
    static List<Finding> of(RuleBook book, List<Parsed<Snakefile>> sources) {
        SequencedMap<String, Parsed<Snakefile>> byName = new LinkedHashMap<>();
        sources.forEach(source -> byName.put(source.source().name(), source));
        List<Finding> findings = new ArrayList<>();
        for (Parsed<Snakefile> source : byName.values()) {
            findings.addAll(SnakefileLint.of(source, book, byName.size() > 1));
        }
        for (Rule rule : book.rules()) {
            findings.addAll(RuleLint.of(rule, byName.get(rule.place().snakefile())));
        }
        return findings;
    }
}
