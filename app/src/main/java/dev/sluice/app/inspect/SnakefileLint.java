package dev.sluice.app.inspect;

import dev.sluice.dsl.Parsed;
import dev.sluice.dsl.ast.Directive;
import dev.sluice.dsl.ast.KeywordStatement;
import dev.sluice.dsl.ast.Name;
import dev.sluice.dsl.ast.PythonBlock;
import dev.sluice.dsl.ast.PythonCode;
import dev.sluice.dsl.ast.RuleDeclaration;
import dev.sluice.dsl.ast.Snakefile;
import dev.sluice.dsl.ast.Statement;
import dev.sluice.dsl.diagnostic.Diagnostic;
import dev.sluice.dsl.diagnostic.Location;
import dev.sluice.dsl.diagnostic.Note;
import dev.sluice.dsl.source.SourceFile;
import dev.sluice.dsl.source.Span;
import dev.sluice.engine.rules.RuleBook;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Hints about the text of one Snakefile. */
final class SnakefileLint {
    private static final Pattern ABSOLUTE = Pattern.compile("(?:/[^/\\s{}]+)+/?");
    private static final Pattern PATH = Pattern.compile("/?(?:[^/\\s]+/)+[^/\\s]*|/[^/\\s]+");
    private static final Pattern PLUS_BEFORE =
            Pattern.compile("[\\w)\\]][ \\t]*\\+[ \\t]*[A-Za-z]{0,2}$");
    private static final Pattern PLUS_AFTER = Pattern.compile("[ \\t]*\\+[ \\t]*[A-Za-z_]\\w*");
    private static final Pattern ENVIRON = Pattern.compile("\\bos\\.environ\\[$");
    private static final Pattern FUNCTION = Pattern.compile("(?m)^[ \\t]*def[ \\t]+\\w+");
    private static final Pattern TAB = Pattern.compile("(?m)^[ ]*\\t[ \\t]*(?=\\S)");

    private final SourceFile source;
    private final Snakefile tree;
    private final PythonText python;
    private final List<Finding> findings = new ArrayList<>();

    private SnakefileLint(Parsed<Snakefile> parsed) {
        source = parsed.source();
        tree = parsed.tree();
        python = PythonText.of(source.text());
    }

    /** {@code oneOfSeveral}: the workflow has more Snakefiles than this one. */
    static List<Finding> of(Parsed<Snakefile> parsed, RuleBook book, boolean oneOfSeveral) {
        var lint = new SnakefileLint(parsed);
        for (PythonText.Literal literal : lint.python.literals()) {
            lint.literal(literal, book.envvars());
        }
        lint.oldKeywords(lint.tree.statements());
        lint.tabs();
        if (oneOfSeveral) {
            lint.functionsAmongRules();
        }
        lint.findings.sort(Comparator.comparingInt(Finding::line));
        return lint.findings;
    }

    private void literal(PythonText.Literal literal, List<String> envvars) {
        String content = literal.content();
        String before =
                python.code()
                        .substring(
                                python.lineStart(literal.span().start()), literal.span().start());
        boolean device = content.startsWith("/dev/");
        if (ABSOLUTE.matcher(content).matches() && !device) {
            add(LintCode.ABSOLUTE_PATH, "the path `" + content + "` is absolute", literal.span());
        }
        Matcher after = PLUS_AFTER.matcher(python.code());
        boolean plusAfter = after.region(literal.span().end(), python.code().length()).lookingAt();
        if (PATH.matcher(content).matches() && (plusAfter || PLUS_BEFORE.matcher(before).find())) {
            add(LintCode.PATH_BY_PLUS, "a path is put together with `+`", literal.span());
        }
        if (ENVIRON.matcher(before).find() && !envvars.contains(content)) {
            String message = "the environment variable `" + content + "` is not under `envvars:`";
            add(LintCode.ENVIRONMENT_VARIABLE, message, literal.span());
        }
    }

    private void oldKeywords(List<Statement> statements) {
        for (Statement statement : statements) {
            if (statement instanceof PythonBlock block) {
                oldKeywords(block.body());
            } else if (statement instanceof KeywordStatement keyword) {
                oldKeyword(keyword.keyword());
            } else if (statement instanceof RuleDeclaration rule) {
                rule.items().stream()
                        .filter(Directive.class::isInstance)
                        .forEach(item -> oldKeyword(((Directive) item).name()));
            }
        }
    }

    private void oldKeyword(Name name) {
        if (name.text().equals("singularity")) {
            add(LintCode.OLD_KEYWORD, "`singularity:` is an old word", name.span());
        }
    }

    /** Once a file: where one line has a tab, all have. */
    private void tabs() {
        List<MatchResult> tabs = TAB.matcher(python.code()).results().toList();
        if (!tabs.isEmpty()) {
            int lines = tabs.size();
            String message =
                    "indented with a tab" + (lines > 1 ? ", " + lines + " lines in all" : "");
            add(
                    LintCode.TAB_INDENT,
                    message,
                    source.lineSpan(source.lineOf(tabs.getFirst().start())));
        }
    }

    private void functionsAmongRules() {
        if (tree.rules().isEmpty()) {
            return;
        }
        pythonSpans(tree.statements())
                .flatMap(
                        span -> {
                            Matcher functions = FUNCTION.matcher(python.code());
                            functions.region(
                                    source.lineStart(source.lineOf(span.start())), span.end());
                            return functions.find()
                                    ? Stream.of(trimmed(functions))
                                    : Stream.empty();
                        })
                .findFirst()
                .ifPresent(
                        span ->
                                add(
                                        LintCode.FUNCTIONS_AMONG_RULES,
                                        "functions and rules share this file",
                                        span));
    }

    private Span trimmed(Matcher found) {
        int blanks = found.group().length() - found.group().stripLeading().length();
        return new Span(found.start() + blanks, found.end());
    }

    private static Stream<Span> pythonSpans(List<Statement> statements) {
        return statements.stream()
                .flatMap(
                        statement ->
                                statement instanceof PythonBlock block
                                        ? pythonSpans(block.body())
                                        : statement instanceof PythonCode code
                                                ? Stream.of(code.span())
                                                : Stream.empty());
    }

    private void add(LintCode code, String message, Span span) {
        Location location = new Location.InText(source, span);
        List<Note> notes = List.of(Note.of(code.meaning()));
        var diagnostic = new Diagnostic(code, message, location, notes, code.remedy());
        findings.add(new Finding(source.name(), null, source.lineOf(span.start()), diagnostic));
    }
}
