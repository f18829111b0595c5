package dev.sluice.app.inspect;

import dev.sluice.dsl.Parsed;
import dev.sluice.dsl.ast.Directive;
import dev.sluice.dsl.ast.RuleDeclaration;
import dev.sluice.dsl.ast.Snakefile;
import dev.sluice.dsl.diagnostic.Diagnostic;
import dev.sluice.dsl.diagnostic.Location;
import dev.sluice.dsl.diagnostic.Note;
import dev.sluice.dsl.source.SourceFile;
import dev.sluice.dsl.source.Span;
import dev.sluice.engine.rules.Action;
import dev.sluice.engine.rules.Item;
import dev.sluice.engine.rules.NamedList;
import dev.sluice.engine.rules.Rule;
import dev.sluice.engine.rules.Setting;
import dev.sluice.engine.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Hints about one rule. */
final class RuleLint {
    /** A placeholder; doubled braces are text. */
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\{\\{|}}|\\{([A-Za-z_]\\w*)([^{}]*)}");

    private static final Pattern INDEX = Pattern.compile("\\[\\d+].*", Pattern.DOTALL);
    private static final Set<String> OF_THE_RULE =
            Set.of("input", "output", "log", "params", "wildcards", "threads", "resources");
    private static final Set<String> WITH_OWN_SOFTWARE =
            Set.of("wrapper", "cwl", "template_engine");
    private static final int SHORT_RUN = 5;

    private final Rule rule;
    private final @Nullable SourceFile source;
    private final @Nullable RuleDeclaration declaration;
    private final List<Finding> findings = new ArrayList<>();

    private RuleLint(Rule rule, @Nullable Parsed<Snakefile> parsed) {
        this.rule = rule;
        source = parsed == null ? null : parsed.source();
        declaration =
                parsed == null ? null : parsed.tree().ruleAt(rule.place().line()).orElse(null);
    }

    /** {@code parsed}: the file that declares the rule, or null where it is not at hand. */
    static List<Finding> of(Rule rule, @Nullable Parsed<Snakefile> parsed) {
        var lint = new RuleLint(rule, parsed);
        lint.log();
        lint.software();
        lint.params();
        switch (rule.action()) {
            case Action.Shell(String command) -> lint.command(command);
            case Action.Run run -> lint.runBlock(run.source());
            case Action.Script script -> {}
            case Action.None none -> {}
        }
        return lint.findings;
    }

    private boolean runs() {
        return !(rule.action() instanceof Action.None) && !rule.options().handover();
    }

    private void log() {
        if (runs() && rule.log().isEmpty()) {
            add(LintCode.NO_LOG, "the rule `" + rule.name() + "` has no log file", header());
        }
    }

    private void software() {
        boolean inOurProcess =
                switch (rule.action()) {
                    case Action.Shell shell -> false;
                    case Action.Script script -> WITH_OWN_SOFTWARE.contains(script.kind());
                    case Action.Run run -> true;
                    case Action.None none -> true;
                };
        Rule.Software software = rule.software();
        boolean defined =
                software.conda() != null
                        || software.container() != null
                        || software.containerized() != null;
        if (!runs() || inOurProcess || defined) {
            return;
        }
        if (software.envModules().isEmpty()) {
            add(
                    LintCode.NO_SOFTWARE,
                    "the rule `" + rule.name() + "` names no software environment",
                    header());
        } else {
            add(
                    LintCode.ONLY_MODULES,
                    "the rule `" + rule.name() + "` names environment modules and nothing else",
                    directive("envmodules"));
        }
    }

    private void params() {
        List<String> paths = paths();
        NamedList<Setting> params = rule.params();
        for (int i = 0; i < params.items().size(); i++) {
            if (params.items().get(i) instanceof Setting.Literal(Value.Text(String text))
                    && !text.isEmpty()
                    && paths.stream().anyMatch(path -> path.startsWith(text))) {
                add(
                        LintCode.PARAM_IS_PREFIX,
                        "the param `"
                                + name(params, i)
                                + "` repeats the beginning of a file of the rule",
                        directive("params"));
            }
        }
    }

    private List<String> paths() {
        return Stream.concat(rule.input().items().stream(), rule.output().items().stream())
                .filter(Item.Path.class::isInstance)
                .map(item -> ((Item.Path) item).text())
                .toList();
    }

    private static String name(NamedList<Setting> params, int index) {
        return params.names().stream()
                .filter(
                        name ->
                                name.start() <= index
                                        && index < Math.max(name.end(), name.start() + 1))
                .map(NamedList.Name::name)
                .findFirst()
                .orElse(String.valueOf(index));
    }

    private void command(String command) {
        Set<String> outside = new LinkedHashSet<>();
        boolean byIndex = false;
        Matcher placeholders = PLACEHOLDER.matcher(command);
        while (placeholders.find()) {
            String name = placeholders.group(1);
            if (name != null && !OF_THE_RULE.contains(name)) {
                outside.add(name);
            }
            boolean files = "input".equals(name) || "output".equals(name);
            byIndex |= files && INDEX.matcher(placeholders.group(2)).matches();
        }
        for (String name : outside) {
            String message = "the command uses `" + name + "` from outside of the rule";
            add(LintCode.OUTSIDE_NAME, message, directive("shell"));
        }
        if (byIndex) {
            add(
                    LintCode.FILE_BY_INDEX,
                    "the command picks a file by its position",
                    directive("shell"));
        }
    }

    private void runBlock(String block) {
        long lines =
                block.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                        .count();
        if (lines > SHORT_RUN) {
            Span place =
                    declaration == null
                            ? null
                            : declaration.run().map(run -> run.header()).orElse(null);
            add(LintCode.LONG_RUN, "the `run:` block has " + lines + " lines", place);
        }
    }

    private @Nullable Span header() {
        return declaration == null ? null : declaration.header();
    }

    private @Nullable Span directive(String name) {
        return declaration == null
                ? null
                : declaration.directive(name).map(Directive::header).orElse(declaration.header());
    }

    private void add(LintCode code, String message, @Nullable Span span) {
        SourceFile text = source;
        Location location =
                text == null || span == null
                        ? new Location.AtLine(rule.place().snakefile(), rule.place().line())
                        : new Location.InText(text, span);
        int line = text == null || span == null ? rule.place().line() : text.lineOf(span.start());
        List<Note> notes = new ArrayList<>();
        notes.add(Note.of(code.meaning()));
        if (line != rule.place().line()) {
            notes.add(Note.of("in the rule `" + rule.name() + "`, line " + rule.place().line()));
        }
        var diagnostic = new Diagnostic(code, message, location, notes, code.remedy());
        findings.add(new Finding(rule.place().snakefile(), rule, line, diagnostic));
    }
}
