package dev.sluice.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import java.util.List;

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

    /** Each of these sees only those before it. */
    private static final List<String> ORDER =
            List.of(
                    "console",
                    "options",
                    "show",
                    "inspect",
                    "runs",
                    "cli",
                    "access",
                    "settings",
                    "submit",
                    "host",
                    "watch",
                    "catalogue",
                    "measure",
                    "rest",
                    "says",
                    "edge",
                    "serve");

    @ArchTest
    static void packagesSeeOnlyThoseBeforeThem(JavaClasses classes) {
        for (int i = 0; i < ORDER.size(); i++) {
            String[] later =
                    ORDER.subList(i + 1, ORDER.size()).stream()
                            .map(ArchitectureTest::in)
                            .toArray(String[]::new);
            if (later.length > 0) {
                noClasses()
                        .that()
                        .resideInAPackage(in(ORDER.get(i)))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(later)
                        .check(classes);
            }
        }
    }

    /** The client of a server and the report are for any machine: they know nothing of one. */
    @ArchTest
    static final ArchRule clientsDoNotKnowTheServer =
            noClasses()
                    .that()
                    .resideInAnyPackage(in("remote"), in("report"))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            in("host"),
                            in("watch"),
                            in("catalogue"),
                            in("measure"),
                            in("rest"),
                            in("says"),
                            in("edge"),
                            in("serve"));

    /** Their jars are not on the command line's class path. */
    @ArchTest
    static final ArchRule theCommandLineLoadsNothingOfTheController =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            in("console"),
                            in("options"),
                            in("show"),
                            in("inspect"),
                            in("runs"),
                            in("cli"),
                            in("report"))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.apache.camel..",
                            "org.apache.commons..",
                            "io.vertx..",
                            "io.micrometer..",
                            "org.h2..",
                            "java.sql..",
                            "org.eclipse.elk..");

    /** Routes translate; a decision in one would not be found by who looks for it. */
    @ArchTest
    static final ArchRule camelIsTheEdge =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(in("edge"), in("rest"), in("serve"))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.apache.camel..");

    @ArchTest
    static final ArchRule onlyTheCatalogueSpeaksSql =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(in("catalogue"))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("java.sql..", "org.h2..");

    private static String in(String name) {
        return "dev.sluice.app." + name + "..";
    }
}
