package dev.sluice.engine.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dsl.diagnostic.Diagnostic;
import dev.sluice.engine.value.Value;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

class RuleChecksTest {
    @Test
    void aSoundRuleIsLeftAlone() {
        assertThat(check(rule(List.of("{a}/{b}.in"), List.of("{a}.{b}"), List.of("log/{b}/{a}"))))
                .isEmpty();
    }

    @Test
    void outputsAndLogsNeedTheSameWildcards() {
        List<Diagnostic> found = check(rule(List.of(), List.of("{a}.txt"), List.of("log.txt")));
        assertThat(words(found)).containsExactly("different-wildcards");
        assertThat(found.getFirst().message())
                .isEqualTo(
                        "the log `log.txt` of the rule r has no wildcard, but `{a}.txt` has the"
                                + " wildcard a");
    }

    @Test
    void anOutputNamedTwiceIsAnError() {
        assertThat(words(check(rule(List.of(), List.of("x", "y", "x"), List.of()))))
                .containsExactly("duplicate-output");
    }

    @Test
    void aBadConstraintIsShownWithThePatternItIsIn() {
        List<Diagnostic> found = check(rule(List.of(), List.of("{a,(}.txt"), List.of()));
        assertThat(words(found)).containsExactly("bad-wildcard-constraint");
        assertThat(found.getFirst().message()).contains("{a,(}.txt").contains("unterminated");
    }

    @Test
    void onlyInputsCanBeFunctions() {
        Item function = new Item.Function(new Callable(0, List.of(), "get"), Flags.NONE, false);
        Rule rule = rule(List.of(), new NamedList<>(List.of(function), List.of()), List.of());
        assertThat(words(check(rule))).containsExactly("function-as-output");
    }

    @Test
    void constraintsAndFlagsOfTheOtherSideAreWarningsOnly() {
        SequencedMap<String, Value> temp = new LinkedHashMap<>();
        temp.put("temp", new Value.Bool(true));
        Item input = new Item.Path("{a,x}.in", new Flags(temp), null);
        Rule rule =
                rule(new NamedList<>(List.of(input), List.of()), paths(List.of("{a}")), List.of());
        List<Diagnostic> found = check(rule);
        assertThat(words(found)).containsExactly("ignored-constraint", "flag-on-wrong-side");
        assertThat(found).noneMatch(Diagnostic::isError);
    }

    @Test
    void namesInRuleorderHaveToExistButThoseInLocalrulesNeedNot() {
        List<Diagnostic> found =
                RuleChecks.of(
                        book(List.of(), List.of(List.of("r", "s")), List.of("t")),
                        Places.unknown());
        assertThat(words(found))
                .containsExactly("unknown-rule", "unknown-rule", "unknown-local-rule");
        assertThat(found.stream().map(Diagnostic::isError)).containsExactly(true, true, false);
    }

    @Test
    void aWildcardThatNoOutputHasIsNoConcernOfThisStage() {
        Rule rule = rule(List.of("{b}.in"), List.of("{a}.txt"), List.of());
        assertThat(check(rule)).isEmpty();
    }

    private static List<Diagnostic> check(Rule rule) {
        return RuleChecks.of(book(List.of(rule), List.of(), List.of()), Places.unknown());
    }

    private static List<String> words(List<Diagnostic> diagnostics) {
        return diagnostics.stream().map(each -> each.code().word()).toList();
    }

    private static Rule rule(List<String> input, List<String> output, List<String> log) {
        return rule(paths(input), paths(output), log);
    }

    private static Rule rule(List<String> input, NamedList<Item> output, List<String> log) {
        return rule(paths(input), output, log);
    }

    private static Rule rule(NamedList<Item> input, NamedList<Item> output, List<String> log) {
        Setting one = new Setting.Literal(new Value.Int(1));
        return new Rule(
                "r",
                0,
                new Rule.Place("Snakefile", 1, "."),
                false,
                null,
                input,
                output,
                paths(log),
                null,
                NamedList.empty(),
                one,
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new Action.None(),
                new Rule.Options(
                        one, -1, null, null, null, false, false, false, new Value.Bool(false)),
                new Rule.Software(null, null, null, List.of()));
    }

    private static NamedList<Item> paths(List<String> texts) {
        List<Item> items = new ArrayList<>();
        texts.forEach(text -> items.add(new Item.Path(text, Flags.NONE, null)));
        return new NamedList<>(items, List.of());
    }

    private static RuleBook book(List<Rule> rules, List<List<String>> order, List<String> local) {
        return new RuleBook(
                rules,
                order,
                local,
                null,
                new Value.MapOf(List.of()),
                new LinkedHashMap<>(),
                new RuleBook.Shell("", "", null),
                new LinkedHashMap<>(),
                List.of(),
                List.of(),
                List.of(),
                null,
                new LinkedHashMap<>(),
                true);
    }
}
