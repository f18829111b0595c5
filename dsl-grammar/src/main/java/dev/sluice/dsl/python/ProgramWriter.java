package dev.sluice.dsl.python;

import dev.sluice.dsl.Parsed;
import dev.sluice.dsl.ast.Arguments;
import dev.sluice.dsl.ast.Directive;
import dev.sluice.dsl.ast.Docstring;
import dev.sluice.dsl.ast.Hook;
import dev.sluice.dsl.ast.KeywordStatement;
import dev.sluice.dsl.ast.LocalRules;
import dev.sluice.dsl.ast.ModuleDeclaration;
import dev.sluice.dsl.ast.Name;
import dev.sluice.dsl.ast.PythonBlock;
import dev.sluice.dsl.ast.PythonCode;
import dev.sluice.dsl.ast.RuleDeclaration;
import dev.sluice.dsl.ast.RuleItem;
import dev.sluice.dsl.ast.RuleOrder;
import dev.sluice.dsl.ast.RunBlock;
import dev.sluice.dsl.ast.Snakefile;
import dev.sluice.dsl.ast.Statement;
import dev.sluice.dsl.ast.StorageDeclaration;
import dev.sluice.dsl.ast.UseRule;
import dev.sluice.dsl.source.SourceFile;
import dev.sluice.dsl.source.Span;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Renders a tree as the Python program that the helper runs. Python islands stay as they are, and
 * each line keeps its number. Of a tree with errors it makes a text too, but not one to run.
 */
public final class ProgramWriter {
    /** What the body of {@code run:} may refer to. */
    private static final String RUN_PARAMETERS =
            "input, output, params, wildcards, threads, resources, log, rule, jobid,"
                    + " bench_iteration";

    private static final String RULE = "_sluice_r";
    private static final String MODULE = "_sluice_m";

    private final SourceFile source;
    private final Edits edits;

    private ProgramWriter(SourceFile source) {
        this.source = source;
        this.edits = new Edits(source);
    }

    public static PythonProgram write(Parsed<Snakefile> parsed) {
        var writer = new ProgramWriter(parsed.source());
        writer.statements(parsed.tree().statements());
        return writer.edits.apply();
    }

    private void statements(List<Statement> statements) {
        for (Statement statement : statements) {
            switch (statement) {
                case PythonCode _ -> {}
                case PythonBlock block -> statements(block.body());
                case RuleDeclaration rule -> rule(rule);
                case ModuleDeclaration module -> module(module);
                case UseRule use -> useRule(use);
                case KeywordStatement keyword -> keyword(keyword);
                case StorageDeclaration storage -> storage(storage);
                case LocalRules local -> localRules(local);
                case RuleOrder order -> ruleOrder(order);
                case Hook hook -> hook(hook);
            }
        }
    }

    private void rule(RuleDeclaration rule) {
        String kind = rule.checkpoint() ? "checkpoint" : "rule";
        String call = kind + "(" + quoted(rule.name()) + ", " + rule.line() + ")";
        withBlock(rule.header(), call, RULE, rule.items());
        ruleItems(rule.items());
    }

    private void module(ModuleDeclaration module) {
        String call = "module(" + quoted(module.name()) + ", " + module.line() + ")";
        withBlock(module.header(), call, MODULE, module.items());
        alignItems(module.items());
        for (RuleItem item : module.items()) {
            switch (item) {
                case Docstring _ -> {
                    // A string on a line of its own is Python already, and means nothing there.
                }
                case Directive field -> directive(MODULE, field);
                case RunBlock run -> runBlock(run);
            }
        }
    }

    private void useRule(UseRule use) {
        var call = new StringBuilder("use_rule(");
        call.append(tuple(use.rules())).append(", ").append(use.line());
        call.append(", from_module=").append(quoted(use.module()));
        call.append(", exclude=").append(tuple(use.exclude()));
        call.append(", name_modifier=").append(quoted(use.nameModifier())).append(")");
        withBlock(use.header(), call.toString(), RULE, use.items());
        ruleItems(use.items());
    }

    private void withBlock(Span header, String call, String variable, List<RuleItem> items) {
        String open = "with _sluice_." + call + " as " + variable;
        edits.replace(header, open + continued(header) + (items.isEmpty() ? ": pass" : ":"));
    }

    private void ruleItems(List<RuleItem> items) {
        alignItems(items);
        for (RuleItem item : items) {
            switch (item) {
                case Docstring docstring -> {
                    edits.insert(docstring.span().start(), RULE + ".docstring(");
                    edits.insert(docstring.span().end(), ")");
                }
                case Directive directive -> directive(RULE, directive);
                case RunBlock run -> runBlock(run);
            }
        }
    }

    /**
     * Snakemake takes any indentation within a body, tabs and spaces mixed too; Python wants the
     * same one for each line.
     */
    private void alignItems(List<RuleItem> items) {
        if (items.isEmpty()) {
            return;
        }
        Span first = indentation(items.getFirst());
        if (first == null) {
            return;
        }
        String wanted = source.text(first);
        for (RuleItem item : items) {
            Span own = indentation(item);
            if (own != null && !source.text(own).equals(wanted)) {
                edits.replace(own, wanted);
            }
        }
    }

    private @Nullable Span indentation(RuleItem item) {
        int start = item.span().start();
        int line = source.lineStart(source.lineOf(start));
        var span = new Span(line, start);
        return source.text(span).isBlank() ? span : null;
    }

    private void directive(String receiver, Directive directive) {
        String method = receiver + "." + directive.name().text() + "(";
        call(directive.header(), method, directive.arguments());
    }

    private void runBlock(RunBlock run) {
        function(run.header(), "_sluice_run(" + RUN_PARAMETERS + ")", run.body());
    }

    private void hook(Hook hook) {
        function(hook.header(), "_sluice_" + hook.keyword().text() + "(log)", hook.body());
    }

    private void function(Span header, String signature, Span body) {
        String end = body.isEmpty() ? ": pass" : ":";
        edits.replace(header, "def " + signature + continued(header) + end);
    }

    private void keyword(KeywordStatement statement) {
        String method = "_sluice_." + statement.keyword().text() + "(";
        call(statement.header(), method, statement.arguments());
    }

    private void storage(StorageDeclaration storage) {
        String separator = storage.arguments().isEmpty() ? "" : ", ";
        String method = "_sluice_.storage_provider(" + quoted(storage.tag()) + separator;
        call(storage.header(), method, storage.arguments());
    }

    private void localRules(LocalRules local) {
        call(local.header(), "_sluice_.localrules(", local.arguments());
        quoteEach(local.rules());
    }

    private void ruleOrder(RuleOrder order) {
        call(order.header(), "_sluice_.ruleorder(", order.arguments());
        quoteEach(order.rules());
        order.arrows().forEach(arrow -> edits.replace(arrow, ","));
    }

    private void quoteEach(List<Name> names) {
        for (Name name : names) {
            edits.replace(name.span(), quoted(name));
        }
    }

    private void call(Span header, String method, Arguments arguments) {
        // Within the bracket a line break needs nothing; it only has to be there.
        String breaks = String.join("", lineBreaks(header));
        edits.replace(header, method + breaks + (arguments.isEmpty() ? ")" : ""));
        if (!arguments.isEmpty()) {
            edits.insert(arguments.span().end(), ")");
        }
    }

    /** Line breaks for a header that was continued over several lines. */
    private String continued(Span header) {
        var text = new StringBuilder();
        lineBreaks(header).forEach(lineBreak -> text.append(" \\").append(lineBreak));
        return text.toString();
    }

    private List<String> lineBreaks(Span span) {
        String text = source.text(span);
        if (text.indexOf('\n') < 0 && text.indexOf('\r') < 0) {
            return List.of();
        }
        return java.util.regex.Pattern.compile("\r\n|\r|\n")
                .matcher(text)
                .results()
                .map(java.util.regex.MatchResult::group)
                .toList();
    }

    private static String tuple(List<Name> names) {
        var text = new StringBuilder("(");
        names.forEach(name -> text.append(quoted(name)).append(","));
        return text.append(")").toString();
    }

    private static String quoted(@Nullable Name name) {
        return name == null ? "None" : "\"" + name.text() + "\"";
    }
}
