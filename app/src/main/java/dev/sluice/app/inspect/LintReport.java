package dev.sluice.app.inspect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;

import dev.sluice.dsl.diagnostic.DiagnosticRenderer;
import dev.sluice.engine.rules.Rule;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** Writes hints for people or for programs. */
public final class LintReport {
    /** Snakemake's word for a clean workflow, on which its test-suite and scripts rely. */
    private static final String CLEAN = "Congratulations, your workflow is in a good condition!\n";

    private LintReport() {}

    /** A block a hint; a sentence where there is none. */
    public static String text(List<Finding> findings, DiagnosticRenderer renderer) {
        if (findings.isEmpty()) {
            return CLEAN;
        }
        return findings.stream()
                .map(finding -> renderer.render(finding.diagnostic()))
                .collect(Collectors.joining("\n"));
    }

    /**
     * An object with {@code snakefiles} and {@code rules}, each a list of {@code for} and {@code
     * lints}: the shape of Snakemake's, with {@code code} and {@code line} added to a lint.
     */
    public static String json(List<Finding> findings) {
        var text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            groups(
                    json,
                    "snakefiles",
                    findings.stream().filter(finding -> finding.rule() == null).toList());
            groups(
                    json,
                    "rules",
                    findings.stream().filter(finding -> finding.rule() != null).toList());
            json.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("a string cannot fail to be written to", e);
        }
        return text + "\n";
    }

    private static void groups(JsonGenerator json, String field, List<Finding> findings)
            throws IOException {
        SequencedMap<String, List<Finding>> groups =
                findings.stream()
                        .collect(
                                Collectors.groupingBy(
                                        LintReport::subject,
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        json.writeArrayFieldStart(field);
        for (List<Finding> group : groups.values()) {
            json.writeStartObject();
            json.writeObjectFieldStart("for");
            subject(json, group.getFirst());
            json.writeEndObject();
            json.writeArrayFieldStart("lints");
            for (Finding finding : group) {
                lint(json, finding);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static String subject(Finding finding) {
        Rule rule = finding.rule();
        return rule == null ? finding.snakefile() : rule.index() + " " + rule.name();
    }

    private static void subject(JsonGenerator json, Finding finding) throws IOException {
        @Nullable Rule rule = finding.rule();
        if (rule != null) {
            json.writeStringField("rule", rule.name());
            json.writeNumberField("line", rule.place().line());
        }
        json.writeStringField("snakefile", finding.snakefile());
    }

    private static void lint(JsonGenerator json, Finding finding) throws IOException {
        var diagnostic = finding.diagnostic();
        json.writeStartObject();
        json.writeStringField("code", diagnostic.code().word());
        json.writeNumberField("line", finding.line());
        json.writeStringField("title", diagnostic.message());
        json.writeStringField(
                "body", diagnostic.code().meaning() + " " + diagnostic.code().remedy());
        json.writeArrayFieldStart("links");
        json.writeEndArray();
        json.writeEndObject();
    }
}
