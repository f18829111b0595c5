package dev.sluice.app;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The modules' direction. Maven keeps it too; this says it in one place, and for packages. */
@AnalyzeClasses(packages = "dev.sluice", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule modulesPointOneWay =
            layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .withOptionalLayers(true)
                    .layer("language")
                    .definedBy("dev.sluice.dsl..")
                    .layer("engine")
                    .definedBy("dev.sluice.engine..")
                    .layer("executors")
                    .definedBy("dev.sluice.executor..")
                    .layer("app")
                    .definedBy("dev.sluice.app..")
                    .whereLayer("app")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("executors")
                    .mayOnlyBeAccessedByLayers("app")
                    .whereLayer("engine")
                    .mayOnlyBeAccessedByLayers("executors", "app")
                    .whereLayer("language")
                    .mayOnlyBeAccessedByLayers("engine", "executors", "app");

    @ArchTest
    static final ArchRule commandsAreBuiltOnWhatTheyShare =
            layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .layer("console")
                    .definedBy("dev.sluice.app.console..")
                    .layer("options")
                    .definedBy("dev.sluice.app.options..")
                    .layer("show")
                    .definedBy("dev.sluice.app.show..")
                    .layer("inspect")
                    .definedBy("dev.sluice.app.inspect..")
                    .layer("runs")
                    .definedBy("dev.sluice.app.runs..")
                    .layer("cli")
                    .definedBy("dev.sluice.app.cli..")
                    .whereLayer("cli")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("runs")
                    .mayOnlyBeAccessedByLayers("cli")
                    .whereLayer("inspect")
                    .mayOnlyBeAccessedByLayers("cli")
                    .whereLayer("show")
                    .mayOnlyBeAccessedByLayers("inspect", "cli")
                    .whereLayer("options")
                    .mayOnlyBeAccessedByLayers("runs", "cli");
}
