package dev.sluice.engine;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * The engine's invariants that the compiler cannot keep: direction, and a core that only decides.
 */
@AnalyzeClasses(packages = "dev.sluice", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

    private static final String ENGINE = "dev.sluice.engine.";

    /** Upstream first: a package sees only what stands before it. */
    private static final List<String> ORDER =
            List.of(
                    "value",
                    "pattern",
                    "rules",
                    "evaluate",
                    "format",
                    "files",
                    "config",
                    "python",
                    "plan",
                    "execute",
                    "schedule",
                    "journal",
                    "view",
                    "run");

    /** What decides. No outside reaches in but through a port that the shell passes. */
    private static final String[] CORE = {
        "dev.sluice.dsl..",
        "dev.sluice.engine.value..",
        "dev.sluice.engine.pattern..",
        "dev.sluice.engine.format..",
        "dev.sluice.engine.rules..",
        "dev.sluice.engine.plan..",
        "dev.sluice.engine.schedule.."
    };

    @ArchTest
    static final ArchRule packagesSeeOnlyWhatIsUpstream =
            ArchRuleDefinition.classes()
                    .that()
                    .resideInAPackage("dev.sluice.engine..")
                    .should(seeOnlyUpstream());

    @ArchTest
    static final ArchRule theCoreTouchesNothingOutside =
            noClasses()
                    .that()
                    .resideInAnyPackage(CORE)
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage(
                                            "java.io..",
                                            "java.nio.file..",
                                            "java.nio.channels..",
                                            "java.net..",
                                            "java.sql..",
                                            "java.util.concurrent..",
                                            "java.util.logging..")
                                    .and(not(belongToAnyOf(Serializable.class))))
                    .orShould()
                    .dependOnClassesThat(
                            belongToAnyOf(
                                    Thread.class,
                                    Process.class,
                                    ProcessBuilder.class,
                                    Runtime.class,
                                    System.Logger.class,
                                    Random.class))
                    .because("the core decides; only the shell acts")
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule theCoreHasNoClockAndNoEnvironment =
            noClasses()
                    .that()
                    .resideInAnyPackage(CORE)
                    .should()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(System.class, "nanoTime")
                    .orShould()
                    .callMethod(System.class, "getenv")
                    .orShould()
                    .callMethod(System.class, "getenv", String.class)
                    .orShould()
                    .callMethod(System.class, "getProperty", String.class)
                    .orShould()
                    .callMethod(java.time.Instant.class, "now")
                    .because("one input has one outcome, on every machine and at any time")
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nothingInTheCoreLosesItsOrder =
            noClasses()
                    .that()
                    .resideInAnyPackage(CORE)
                    .should()
                    .callMethod(Map.class, "copyOf", Map.class)
                    .orShould()
                    .callMethod(Set.class, "copyOf", java.util.Collection.class)
                    .because("their order differs from one JVM to the next")
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyThePlanSeesTheGraphLibrary =
            noClasses()
                    .that()
                    .resideInAPackage("dev.sluice..")
                    .and()
                    .resideOutsideOfPackage("dev.sluice.engine.plan..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.jgrapht..");

    @ArchTest
    static final ArchRule onlyTheLanguageSeesTheParserLibrary =
            noClasses()
                    .that()
                    .resideInAPackage("dev.sluice.engine..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.antlr..", "dev.sluice.dsl.grammar..");

    private static ArchCondition<JavaClass> seeOnlyUpstream() {
        return new ArchCondition<>("see only packages upstream of their own") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                int own = rank(item);
                for (Dependency dependency : item.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass();
                    if (target.getPackageName().startsWith(ENGINE) && rank(target) > own) {
                        events.add(
                                SimpleConditionEvent.violated(item, dependency.getDescription()));
                    }
                }
                if (own < 0) {
                    events.add(
                            SimpleConditionEvent.violated(
                                    item,
                                    item.getName() + ": its package has no place in the order"));
                }
            }
        };
    }

    /** The class' place in the order; -1 when its package is not in it. */
    private static int rank(JavaClass type) {
        String name = type.getPackageName();
        if (!name.startsWith(ENGINE)) {
            // The root package holds its description only.
            return ORDER.size();
        }
        String stage = name.substring(ENGINE.length());
        int dot = stage.indexOf('.');
        return ORDER.indexOf(dot < 0 ? stage : stage.substring(0, dot));
    }
}
