package dev.sluice.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sluice.engine.value.PythonRepr;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Files and what PyYAML and {@code json} made of them; {@code record.py} beside them recorded it.
 */
class ConfigReaderTest {
    private static final Path FILES = Path.of("src/test/resources/yaml");

    @TestFactory
    Stream<DynamicTest> readsAsPythonReads() throws IOException {
        return inputs(FILES)
                .map(
                        file ->
                                dynamicTest(
                                        file.getFileName().toString(),
                                        () ->
                                                assertThat(
                                                                PythonRepr.repr(
                                                                        ConfigReader.readAny(
                                                                                Files.readString(
                                                                                        file))))
                                                        .isEqualTo(expected(file))));
    }

    @TestFactory
    Stream<DynamicTest> refusesWhatPythonRefusesAtTheSamePlace() throws IOException {
        return inputs(FILES.resolve("errors"))
                .map(
                        file ->
                                dynamicTest(
                                        file.getFileName().toString(),
                                        () ->
                                                assertThatExceptionOfType(ConfigTrouble.class)
                                                        .isThrownBy(
                                                                () ->
                                                                        ConfigReader.readAny(
                                                                                Files.readString(
                                                                                        file)))
                                                        .satisfies(
                                                                trouble ->
                                                                        assertThat(
                                                                                        place(
                                                                                                trouble,
                                                                                                file))
                                                                                .isEqualTo(
                                                                                        expected(
                                                                                                file)))));
    }

    /** PyYAML has no place for a value that its type refuses; we do. */
    private static String place(ConfigTrouble trouble, Path file) throws IOException {
        String place = trouble.line() + ":" + trouble.column();
        return expected(file).equals("no place") && trouble.line() > 0 ? "no place" : place;
    }

    private static Stream<Path> inputs(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> inputs =
                    files.filter(
                                    f ->
                                            f.toString().endsWith(".yaml")
                                                    || f.toString().endsWith(".json"))
                            .sorted()
                            .toList();
            return inputs.stream();
        }
    }

    private static String expected(Path file) throws IOException {
        return Files.readString(file.resolveSibling(file.getFileName() + ".expected")).strip();
    }

    @Test
    void aConfigFileHasToBeAMapping() {
        assertThatExceptionOfType(ConfigTrouble.class).isThrownBy(() -> ConfigReader.read("- a"));
        assertThatExceptionOfType(ConfigTrouble.class).isThrownBy(() -> ConfigReader.read(""));
    }

    @Test
    void onlyAMarkThatAsksForTemplatesStays() throws Exception {
        assertThat(ConfigReader.read("__use_yte__: true\na: ?1 + 1").entries()).hasSize(2);
        assertThat(ConfigReader.read("__use_yte__: no\na: 1").entries()).hasSize(1);
    }

    @Test
    void aValueThatContainsItselfIsRefused() {
        assertThatExceptionOfType(ConfigTrouble.class)
                .isThrownBy(() -> ConfigReader.read("a: &x [*x]"))
                .withMessageContaining("contains itself");
        assertThatExceptionOfType(ConfigTrouble.class)
                .isThrownBy(() -> YamlTexts.read("&x [*x]"))
                .withMessageContaining("contains itself");
    }

    @Test
    void anAliasMayStandAgain() throws Exception {
        assertThat(YamlTexts.read("[&x [1], *x]")).isEqualTo(YamlTexts.read("[[1], [1]]"));
    }
}
