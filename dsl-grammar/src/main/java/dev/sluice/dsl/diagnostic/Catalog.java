package dev.sluice.dsl.diagnostic;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The codes of one stage under a title. Stages add their lists up with {@link CatalogPage}; two
 * codes of one catalogue never share a word.
 */
public record Catalog(String title, List<DiagnosticCode> codes) {
    public Catalog {
        codes = List.copyOf(codes);
        Set<String> words = new LinkedHashSet<>();
        for (DiagnosticCode code : codes) {
            if (!words.add(code.word())) {
                throw new IllegalArgumentException("listed twice: " + code.word());
            }
        }
    }

    public static Catalog of(String title, DiagnosticCode... codes) {
        return new Catalog(title, List.of(codes));
    }

    public Optional<DiagnosticCode> find(String word) {
        return codes.stream().filter(code -> code.word().equals(word)).findFirst();
    }
}
