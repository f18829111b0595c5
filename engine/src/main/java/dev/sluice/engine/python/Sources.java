package dev.sluice.engine.python;

import dev.sluice.dsl.Parsed;
import dev.sluice.dsl.Snakefiles;
import dev.sluice.dsl.ast.RuleDeclaration;
import dev.sluice.dsl.ast.RunBlock;
import dev.sluice.dsl.ast.Snakefile;
import dev.sluice.dsl.diagnostic.Diagnostic;
import dev.sluice.dsl.diagnostic.Location;
import dev.sluice.dsl.python.ProgramWriter;
import dev.sluice.dsl.python.PythonProgram;
import dev.sluice.dsl.source.SourceFile;
import dev.sluice.dsl.source.Span;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Snakefiles that were read, under the paths by which Python knows them, and how places in them
 * are shown.
 */
final class Sources {
    private final Path workdir;
    private final Path here = Path.of("").toAbsolutePath();
    private final Map<String, Read> read = new LinkedHashMap<>();

    Sources(Path workdir) {
        this.workdir = workdir;
    }

    /** A Snakefile; the program is null where it has errors. */
    record Read(Parsed<Snakefile> parsed, @Nullable PythonProgram program) {}

    /** A Snakefile that could not be read at all, in words. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        private final boolean missing;

        Unreadable(String message, boolean missing) {
            super(message);
            this.missing = missing;
        }

        boolean missing() {
            return missing;
        }

        String text() {
            return String.valueOf(getMessage());
        }
    }

    Read compile(String path) throws Unreadable {
        Read known = read.get(path);
        if (known != null) {
            return known;
        }
        Parsed<Snakefile> parsed = Snakefiles.parse(shown(path), bytes(path));
        Read made = new Read(parsed, parsed.hasErrors() ? null : ProgramWriter.write(parsed));
        read.put(path, made);
        return made;
    }

    byte[] bytes(String path) throws Unreadable {
        try {
            return Files.readAllBytes(workdir.resolve(path));
        } catch (NoSuchFileException e) {
            throw new Unreadable("the file " + shown(path) + " does not exist", true);
        } catch (IOException e) {
            boolean folder = Files.isDirectory(workdir.resolve(path));
            String why = folder ? "it is a folder" : reason(e);
            throw new Unreadable("cannot read " + shown(path) + ": " + why, false);
        }
    }

    private static String reason(IOException e) {
        return e instanceof java.nio.file.AccessDeniedException
                ? "permission denied"
                : String.valueOf(e.getMessage());
    }

    /** A path as the user would write it from here. */
    String shown(String path) {
        Path absolute = workdir.resolve(path).normalize();
        if (absolute.startsWith(here)) {
            return here.relativize(absolute).toString();
        }
        return absolute.startsWith(workdir) ? workdir.relativize(absolute).toString() : path;
    }

    /** The Snakefile known under a path, if it was read. */
    Optional<Parsed<Snakefile>> find(String path) {
        return Optional.ofNullable(read.get(path)).map(Read::parsed);
    }

    List<Parsed<Snakefile>> all() {
        return read.values().stream().map(Read::parsed).toList();
    }

    List<Diagnostic> diagnostics() {
        return read.values().stream().flatMap(each -> each.parsed.diagnostics().stream()).toList();
    }

    /** The text of the {@code run:} block of the rule on a line, or empty. */
    String runBlock(String snakefile, int ruleLine, int runLine) {
        Optional<Parsed<Snakefile>> parsed = find(snakefile);
        if (parsed.isEmpty()) {
            return "";
        }
        SourceFile source = parsed.get().source();
        Snakefile tree = parsed.get().tree();
        Optional<RunBlock> own = tree.ruleAt(ruleLine).flatMap(RuleDeclaration::run);
        if (own.isPresent() && (runLine == 0 || stands(own.get(), source, runLine))) {
            return source.text(own.get().body());
        }
        // A rule that `use rule` made took its block from another one.
        for (RuleDeclaration rule : tree.rules()) {
            Optional<RunBlock> run = rule.run();
            if (run.isPresent() && stands(run.get(), source, runLine)) {
                return source.text(run.get().body());
            }
        }
        return "";
    }

    private static boolean stands(RunBlock run, SourceFile source, int line) {
        return source.lineOf(run.header().start()) == line;
    }

    /**
     * Where something stands in the running program; columns as Python counts them, -1 where
     * unknown.
     */
    Location locate(String path, int line, int column, int endColumn) {
        if (line <= 0) {
            return new Location.InFile(shown(path));
        }
        Read known = read.get(path);
        if (known != null && known.program != null) {
            SourceFile source = known.parsed.source();
            Span span =
                    column < 0
                            ? trimmed(source, line)
                            : known.program.sourceSpan(line, column, endColumn);
            return new Location.InText(source, span);
        }
        return inOtherFile(path, line, column, endColumn);
    }

    private Location inOtherFile(String path, int line, int column, int endColumn) {
        try {
            Path file = workdir.resolve(path);
            if (!Files.isRegularFile(file)) {
                return new Location.AtLine(shown(path), line);
            }
            SourceFile source =
                    new SourceFile(shown(path), Files.readString(file, StandardCharsets.UTF_8));
            Span whole = trimmed(source, line);
            int length = source.lineAt(line).length();
            if (column < 0 || column >= length) {
                return new Location.InText(source, whole);
            }
            int start = source.lineStart(line) + column;
            int end =
                    endColumn > column && endColumn <= length
                            ? source.lineStart(line) + endColumn
                            : start + 1;
            return new Location.InText(source, new Span(start, end));
        } catch (IOException e) {
            return new Location.AtLine(shown(path), line);
        }
    }

    /** A line without the blanks around it. */
    private static Span trimmed(SourceFile source, int line) {
        Span span = source.lineSpan(line);
        String text = source.text(span);
        int start = span.start() + text.length() - text.stripLeading().length();
        int end = span.start() + text.stripTrailing().length();
        return new Span(Math.min(start, Math.max(end, span.start())), Math.max(start, end));
    }
}
