package dev.sluice.app.inspect;

import dev.sluice.app.show.RuleSketch;
import dev.sluice.dsl.Parsed;
import dev.sluice.dsl.ast.Argument;
import dev.sluice.dsl.ast.Directive;
import dev.sluice.dsl.ast.KeywordStatement;
import dev.sluice.dsl.ast.Name;
import dev.sluice.dsl.ast.RuleDeclaration;
import dev.sluice.dsl.ast.Snakefile;
import dev.sluice.dsl.source.SourceFile;
import dev.sluice.dsl.source.Span;
import dev.sluice.engine.rules.Action;
import dev.sluice.engine.rules.Rule;
import dev.sluice.engine.rules.RuleBook;
import dev.sluice.engine.rules.Setting;
import dev.sluice.engine.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** The rules of Snakefiles that hold nothing but literals, without Python. */
final class LiteralRules {
    private final SourceFile source;
    private final RuleDeclaration declaration;

    private LiteralRules(SourceFile source, RuleDeclaration declaration) {
        this.source = source;
        this.declaration = declaration;
    }

    static RuleBook book(List<Parsed<Snakefile>> files) {
        List<Rule> rules = new ArrayList<>();
        List<String> envvars = new ArrayList<>();
        for (Parsed<Snakefile> file : files) {
            for (RuleDeclaration declaration : file.tree().rules()) {
                rules.add(
                        new LiteralRules(file.source(), declaration).sketch().build(rules.size()));
            }
            file.tree().statements().stream()
                    .filter(KeywordStatement.class::isInstance)
                    .map(KeywordStatement.class::cast)
                    .filter(statement -> statement.keyword().text().equals("envvars"))
                    .forEach(
                            statement ->
                                    envvars.addAll(
                                            literals(file.source(), statement.arguments().span())));
        }
        return RuleSketch.book(
                rules, envvars, files.stream().map(file -> file.source().name()).toList());
    }

    private RuleSketch sketch() {
        var sketch =
                RuleSketch.rule(name(declaration.name())).at(source.name(), declaration.line());
        sketch.input(all("input")).output(all("output")).log(all("log"));
        declaration.directive("params").ifPresent(params -> params(sketch, params));
        sketch.software(
                new Rule.Software(setting("conda"), container(), null, List.of(all("envmodules"))));
        String shell = first("shell");
        String script = first("script");
        if (declaration.run().isPresent()) {
            sketch.action(new Action.Run(source.text(declaration.run().orElseThrow().body())));
        } else if (shell != null) {
            sketch.action(new Action.Shell(shell));
        } else if (script != null) {
            sketch.action(new Action.Script("script", script));
        }
        return sketch;
    }

    private void params(RuleSketch sketch, Directive params) {
        for (Argument argument : params.arguments().items()) {
            List<String> texts = literals(source, argument.value());
            String text = texts.isEmpty() ? "" : texts.getFirst();
            boolean literal = source.text(argument.value()).startsWith("\"");
            sketch.param(
                    name(argument.keyword()), literal ? new Value.Text(text) : new Value.Nothing());
        }
    }

    private static String name(@Nullable Name name) {
        return name == null ? "" : name.text();
    }

    private @Nullable Setting container() {
        Setting container = setting("container");
        return container == null ? setting("singularity") : container;
    }

    private @Nullable Setting setting(String name) {
        String text = first(name);
        return text == null ? null : new Setting.Literal(new Value.Text(text));
    }

    private @Nullable String first(String name) {
        String[] texts = all(name);
        return texts.length == 0 ? null : texts[0];
    }

    private String[] all(String name) {
        return declaration
                .directive(name)
                .map(directive -> literals(source, directive.arguments().span()))
                .orElse(List.of())
                .toArray(String[]::new);
    }

    private static List<String> literals(SourceFile source, Span span) {
        return PythonText.of(source.text(span)).literals().stream()
                .map(PythonText.Literal::content)
                .toList();
    }
}
