package dev.gatehouse.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {
  private static final String PRODUCT = "dev.gatehouse";
  private static final List<String> SUBDOMAINS =
      List.of(
          "id",
          "password",
          "audit",
          "user",
          "session",
          "token",
          "apikey",
          "signin",
          "flow",
          "profile",
          "registration",
          "administration",
          "transfer");
  private static final String VIOLATING = "dev.gatehouse.app.architecture.violating";

  private final JavaClasses product =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(PRODUCT);
  private final JavaClasses violating = new ClassFileImporter().importPackages(VIOLATING);

  record Named(String name, Function<Rules, ArchRule> rule) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Named> rules() {
    return Stream.of(
        new Named("errors: JDK alone", rules -> rules.jdkAlone("errors")),
        new Named("accounts: JDK and errors", rules -> rules.jdkAnd("accounts", "errors")),
        new Named("resilience: JDK alone", rules -> rules.jdkAlone("resilience")),
        new Named("accounts: time and chance", rules -> rules.timeAndChanceComeIn("accounts")),
        new Named("accounts: sub-domains in order", rules -> rules.inOrder("accounts", SUBDOMAINS)),
        new Named(
            "http: neither above nor beside",
            rules ->
                rules.seesNothingOf(
                    "http", "limits", "telemetry", "api", "postgres", "tokens", "hashing", "app")),
        new Named("http: sees no account", rules -> rules.seesNothingOf("http", "accounts")),
        new Named("http: internals", rules -> rules.keepsItsInternals("http")),
        new Named("gateway: sees no account", rules -> rules.seesNothingOf("gateway", "accounts")),
        new Named(
            "api: no adapters",
            rules ->
                rules.seesNothingOf(
                    "api", "limits", "telemetry", "postgres", "tokens", "hashing", "app")),
        new Named(
            "postgres: no adapters",
            rules ->
                rules.seesNothingOf(
                    "postgres", "telemetry", "api", "http", "tokens", "hashing", "app")),
        new Named(
            "tokens: no adapters",
            rules ->
                rules.seesNothingOf(
                    "tokens", "telemetry", "api", "http", "postgres", "hashing", "app")),
        new Named(
            "hashing: no adapters",
            rules ->
                rules.seesNothingOf(
                    "hashing", "telemetry", "api", "http", "postgres", "tokens", "app")),
        new Named(
            "limits: no other adapters",
            rules ->
                rules.seesNothingOf(
                    "limits", "telemetry", "api", "postgres", "tokens", "hashing", "app")),
        new Named(
            "cache: no other adapters",
            rules ->
                rules.seesNothingOf(
                    "cache",
                    "telemetry",
                    "api",
                    "http",
                    "limits",
                    "postgres",
                    "tokens",
                    "hashing",
                    "app")),
        new Named(
            "redis: resilience alone",
            rules ->
                rules.seesNothingOf(
                    "redis",
                    "telemetry",
                    "accounts",
                    "api",
                    "http",
                    "cache",
                    "limits",
                    "postgres",
                    "app")),
        new Named(
            "gateway: no adapters",
            rules ->
                rules.seesNothingOf(
                    "gateway", "api", "postgres", "tokens", "hashing", "cache", "redis", "app")),
        new Named(
            "client: no server",
            rules ->
                rules.seesNothingOf(
                    "client", "http", "limits", "gateway", "api", "postgres", "hashing", "app")),
        new Named(
            "telemetry: listens, is not called",
            rules -> rules.seesNothingOf("telemetry", "api", "tokens", "app")),
        new Named("no cycles between modules", Rules::modulesFormNoCycle),
        new Named("no cycles between packages", Rules::packagesFormNoCycle),
        new Named("the terminal", Rules::onlyTheAppSpeaksToTheTerminal),
        new Named("background loops are periodic tasks", Rules::onlyPeriodicTasksLoop),
        new Named("parts declare each cleanup", Rules::partsDeclareEachCleanup),
        new Named("no field injection", Rules::nothingIsInjectedIntoFields));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "errors",
        "accounts.user",
        "accounts.signin",
        "resilience.pool",
        "hashing",
        "tokens",
        "postgres.database",
        "redis",
        "cache",
        "http",
        "telemetry.metrics",
        "telemetry.tracing",
        "telemetry.logging",
        "gateway",
        "client",
        "api",
        "app.lifecycle"
      })
  void importsTheClassesItJudges(String module) {
    assertThat(
            product.stream().filter(type -> type.getPackageName().equals(PRODUCT + "." + module)))
        .isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void holdsInTheProduct(Named named) {
    named.rule().apply(new Rules(PRODUCT)).allowEmptyShould(true).check(product);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void catchesAViolation(Named named) {
    assertThat(named.rule().apply(new Rules(VIOLATING)).evaluate(violating).hasViolation())
        .isTrue();
  }

  @Test
  void aNamesakeOfAClassThatMayStartThreadsIsCaught() {
    var result = new Rules(VIOLATING).onlyPeriodicTasksLoop().evaluate(violating);

    assertThat(result.getFailureReport().getDetails())
        .anyMatch(detail -> detail.contains("tokens.SecondWay.start"));
  }
}
