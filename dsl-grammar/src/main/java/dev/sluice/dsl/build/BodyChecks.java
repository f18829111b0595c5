package dev.sluice.dsl.build;

import dev.sluice.dsl.ast.Directive;
import dev.sluice.dsl.ast.Docstring;
import dev.sluice.dsl.ast.ModuleDeclaration;
import dev.sluice.dsl.ast.Name;
import dev.sluice.dsl.ast.RuleDeclaration;
import dev.sluice.dsl.ast.RuleItem;
import dev.sluice.dsl.ast.RunBlock;
import dev.sluice.dsl.ast.UseRule;
import dev.sluice.dsl.diagnostic.LanguageCode;
import dev.sluice.dsl.diagnostic.Problems;
import dev.sluice.dsl.grammar.Keywords;
import dev.sluice.dsl.source.Span;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Checks which directives a body has, how often and in which order. */
final class BodyChecks {
    private final Problems problems;
    private final Map<String, Span> seen = new LinkedHashMap<>();
    private @Nullable Name execution;

    private BodyChecks(Problems problems) {
        this.problems = problems;
    }

    static void checkRule(RuleDeclaration rule, Problems problems) {
        var checks = new BodyChecks(problems);
        boolean empty = true;
        for (RuleItem item : rule.items()) {
            empty &= item instanceof Docstring;
            switch (item) {
                case Docstring _ -> {}
                case RunBlock run -> checks.execution(run.name());
                case Directive directive -> checks.ruleDirective(directive);
            }
        }
        if (empty && !problems.hasErrorIn(rule.span())) {
            problems.add(
                    LanguageCode.EMPTY_RULE,
                    "this rule has no directive",
                    rule.header(),
                    "write directives below it, indented");
        }
    }

    static void checkUseRule(UseRule use, Problems problems) {
        var checks = new BodyChecks(problems);
        for (RuleItem item : use.items()) {
            switch (item) {
                case Docstring _ -> {}
                case RunBlock run -> checks.notChangeable(run.name());
                case Directive directive -> {
                    if (Keywords.EXECUTIONS.contains(directive.name().text())) {
                        checks.notChangeable(directive.name());
                    } else {
                        checks.ruleDirective(directive);
                    }
                }
            }
        }
    }

    static void checkModule(ModuleDeclaration module, Problems problems) {
        var checks = new BodyChecks(problems);
        for (RuleItem item : module.items()) {
            switch (item) {
                case Docstring _ -> {}
                case RunBlock run -> checks.moduleField(run.name());
                case Directive directive -> checks.moduleField(directive.name());
            }
        }
        checks.moduleIsWhole(module);
    }

    private void ruleDirective(Directive directive) {
        Name name = directive.name();
        String word = name.text();
        if (Keywords.EXECUTIONS.contains(word)) {
            execution(name);
            command(directive);
        } else if (Keywords.PROPERTIES.contains(word)) {
            property(name);
        } else if (Keywords.REMOVED.containsKey(word)) {
            problems.add(
                    LanguageCode.REMOVED_KEYWORD,
                    "there is no directive `" + word + "` any more",
                    name.span(),
                    Keywords.REMOVED.get(word));
        } else {
            unknown("a rule has no directive", name, Keywords.likelyDirective(word));
        }
    }

    private void property(Name name) {
        Name before = execution;
        if (before != null) {
            problems.add(
                    LanguageCode.DIRECTIVE_AFTER_EXECUTION,
                    "`" + name.text() + "` stands behind `" + before.text() + "`",
                    name.span(),
                    "what the rule executes",
                    before.span(),
                    "move `" + before.text() + "` to the end of the rule");
        }
        once(name);
    }

    private void once(Name name) {
        Span first = seen.putIfAbsent(name.text(), name.span());
        if (first != null) {
            problems.add(
                    LanguageCode.DUPLICATE_DIRECTIVE,
                    "`" + name.text() + "` is written twice; the first one counts",
                    name.span(),
                    "the first one",
                    first,
                    null);
        }
    }

    private void execution(Name name) {
        Name before = execution;
        if (before != null) {
            problems.add(
                    LanguageCode.SEVERAL_EXECUTIONS,
                    "a rule executes one thing; there is `" + before.text() + "` already",
                    name.span(),
                    "the first one",
                    before.span(),
                    null);
        } else {
            execution = name;
        }
    }

    private void command(Directive directive) {
        if (directive.arguments().isEmpty()) {
            problems.add(
                    LanguageCode.MISSING_COMMAND,
                    "expected what `" + directive.name().text() + "` is to execute",
                    directive.header(),
                    null);
        }
    }

    private void notChangeable(Name name) {
        problems.add(
                LanguageCode.UNKNOWN_DIRECTIVE,
                "`use rule … with:` cannot change `" + name.text() + "`",
                name.span(),
                "write a rule of its own");
    }

    private void moduleField(Name name) {
        if (Keywords.MODULE_FIELDS.contains(name.text())) {
            once(name);
        } else {
            unknown("a module has no field", name, Keywords.likelyModuleField(name.text()));
        }
    }

    private void moduleIsWhole(ModuleDeclaration module) {
        if (!seen.containsKey("snakefile") && !seen.containsKey("meta_wrapper")) {
            problems.add(
                    LanguageCode.MODULE_WITHOUT_SOURCE,
                    "expected `snakefile:` or `meta_wrapper:` in this module",
                    module.header(),
                    null);
        }
        Name name = module.name();
        Span field = seen.get("name");
        if (name == null && field == null) {
            problems.add(
                    LanguageCode.MODULE_WITHOUT_NAME,
                    "this module has no name",
                    module.header(),
                    "write `module NAME:`");
        } else if (name != null && field != null) {
            problems.add(
                    LanguageCode.MODULE_WITHOUT_NAME,
                    "this module is named already",
                    field,
                    "its first name",
                    name.span(),
                    null);
        }
    }

    private void unknown(String what, Name name, Optional<String> likely) {
        problems.add(
                LanguageCode.UNKNOWN_DIRECTIVE,
                what + " `" + name.text() + "`",
                name.span(),
                likely.map(known -> "did you mean `" + known + "`?").orElse(null));
    }
}
