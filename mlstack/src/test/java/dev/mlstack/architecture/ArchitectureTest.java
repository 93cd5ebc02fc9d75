package dev.mlstack.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** Checks the classes of all modules together. */
@AnalyzeClasses(
    packages = "dev.mlstack",
    importOptions = {
      ImportOption.DoNotIncludeTests.class,
      ArchitectureTest.WithoutTestKits.class,
      ArchitectureTest.WithoutModuleInfos.class
    })
class ArchitectureTest {

  /** The packages of mlstack-api. */
  private static final String[] API = {
    "dev.mlstack.compute..",
    "dev.mlstack.feature..",
    "dev.mlstack.model..",
    "dev.mlstack.predict..",
    "dev.mlstack.release..",
    "dev.mlstack.run..",
    "dev.mlstack.schema..",
    "dev.mlstack.store..",
    "dev.mlstack.table.."
  };

  private static final String CORE = "dev.mlstack.core..";
  private static final String DATA = "dev.mlstack.data..";
  private static final String TRAIN = "dev.mlstack.train..";
  private static final String TRACK = "dev.mlstack.track..";
  private static final String SERVE = "dev.mlstack.serve..";

  private static final Set<String> TRANSCENDENTAL =
      Set.of(
          "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "exp",
          "expm1", "log", "log10", "log1p", "pow", "cbrt", "hypot");

  /** Test kits are for tests; they build on JUnit. */
  static final class WithoutTestKits implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("testkit");
    }
  }

  /** A module descriptor is no class. */
  static final class WithoutModuleInfos implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("module-info");
    }
  }

  private static String[] with(String... more) {
    return Stream.concat(Stream.of(API), Stream.of(more)).toArray(String[]::new);
  }

  @ArchTest
  static final ArchRule api_knows_the_jdk_alone =
      classes()
          .that()
          .resideInAnyPackage(API)
          .should()
          .onlyDependOnClassesThat(resideInAnyPackage(with("java..", "org.jspecify..")));

  @ArchTest
  static final ArchRule core_knows_api_jackson_and_slf4j =
      classes()
          .that()
          .resideInAPackage(CORE)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  with(
                      CORE,
                      "java..",
                      "org.jspecify..",
                      "com.fasterxml.jackson.core..",
                      "org.slf4j..")));

  @ArchTest
  static final ArchRule data_knows_arrow =
      sibling(
          DATA,
          "org.apache.arrow..",
          "ch.randelshofer.fastdoubleparser..",
          "com.github.luben.zstd..");

  @ArchTest static final ArchRule train_knows_djl_and_jcuda = sibling(TRAIN, "ai.djl..", "jcuda..");

  @ArchTest static final ArchRule track_knows_jdbc = sibling(TRACK, "javax.sql..", "org.sqlite..");

  @ArchTest
  static final ArchRule serve_knows_caffeine = sibling(SERVE, "com.github.benmanes.caffeine..");

  /** A sibling knows api, core and what it adapts, and no other sibling. */
  private static ArchRule sibling(String packages, String... adapted) {
    String[] known =
        Stream.concat(
                Stream.of(with(packages, CORE, "java..", "org.jspecify..", "org.slf4j..")),
                Stream.of(adapted))
            .toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage(packages)
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(known));
  }

  @ArchTest
  static final ArchRule packages_have_no_cycles =
      slices().matching("dev.mlstack.(**)").should().beFreeOfCycles();

  @ArchTest static final ArchRule nobody_prints = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

  @ArchTest
  static final ArchRule nobody_throws_generic_exceptions =
      NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;

  @ArchTest
  static final ArchRule nobody_uses_java_util_logging = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

  /**
   * {@code Math.exp} and its kin differ between versions of Java, so nothing that may reach a
   * content uses them. Serving and tracking compute no contents of their own, but keep to it too.
   */
  @ArchTest
  static final ArchRule nobody_uses_unstable_mathematics =
      noClasses()
          .should()
          .accessTargetWhere(
              uses("a transcendental function of the JDK", Math.class, TRANSCENDENTAL)
                  .or(uses("one of StrictMath", StrictMath.class, TRANSCENDENTAL)));

  /** Sees calls and references such as {@code Math::exp} alike. */
  private static DescribedPredicate<JavaAccess<?>> uses(
      String description, Class<?> owner, Set<String> methods) {
    return DescribedPredicate.describe(
        description,
        access ->
            access.getTargetOwner().isEquivalentTo(owner)
                && methods.contains(access.getTarget().getName()));
  }

  @ArchTest
  static final ArchRule nobody_draws_from_hidden_generators =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.util\\.Random|java\\.util\\.SplittableRandom|java\\.util\\.random\\..*"
                  + "|java\\.util\\.concurrent\\.ThreadLocalRandom")
          .orShould()
          .accessTargetWhere(uses("Math.random", Math.class, Set.of("random")));

  @ArchTest
  static final ArchRule nobody_keeps_mutable_static_fields =
      fields().that().areStatic().should().beFinal();

  @ArchTest
  static final ArchRule nobody_serializes_java_objects =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveNameMatching("java\\.io\\.(ObjectInputStream|ObjectOutputStream|Externalizable)");

  @ArchTest
  static final ArchRule nobody_depends_on_where_it_runs =
      noClasses()
          .that()
          .haveNameNotMatching(".*\\.track\\.environment\\..*")
          .should()
          .accessTargetWhere(
              uses("the default locale", Locale.class, Set.of("getDefault"))
                  .or(uses("the default zone", ZoneId.class, Set.of("systemDefault")))
                  .or(uses("the default time zone", TimeZone.class, Set.of("getDefault"))));

  @ArchTest
  static void every_package_is_null_marked(JavaClasses classes) {
    Set<String> unmarked =
        classes.stream()
            .map(JavaClass::getPackage)
            .filter(inPackage -> !inPackage.isAnnotatedWith(NullMarked.class))
            .map(JavaPackage::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(unmarked).as("packages without @NullMarked in package-info").isEmpty();
  }
}
