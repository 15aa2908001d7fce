package dev.gatehouse.app.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.Timer;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/// The rules, for whatever root package they are to hold in: the product's, or that of the
/// violations.
record Rules(String root) {
  /// What runs once, a pool, a child process, the log's own writer, and the event loops' timers.
  private static final Set<String> THREADS =
      Set.of(
          "api.health.Readiness",
          "api.health.RunningCheck",
          "app.demo.ChildProcess",
          "app.lifecycle.Lifecycle",
          "app.lifecycle.StopSignals",
          "client.SessionStates",
          "hashing.HashRate",
          "http.internal.Listener",
          "http.server.Exchange",
          "postgres.database.SecondWay",
          "postgres.embedded.EmbeddedServer",
          "resilience.pool.WorkerPool",
          "telemetry.logging.QueuedAppender");

  ArchRule jdkAlone(String module) {
    return jdkAnd(module);
  }

  ArchRule jdkAnd(String module, String... others) {
    return classes()
        .that()
        .resideInAPackage(of(module))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage("java..", of(module)).or(resideInAnyPackage(all(others))));
  }

  ArchRule seesNothingOf(String module, String... others) {
    return noClasses()
        .that()
        .resideInAPackage(of(module))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(all(others));
  }

  /// The packages named `internal` of a module are for this module alone.
  ArchRule keepsItsInternals(String module) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(of(module))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(of(module + ".internal"));
  }

  ArchRule knowsOnly(String module, String... others) {
    return classes()
        .that()
        .resideInAPackage(of(module))
        .should()
        .onlyDependOnClassesThat(
            not(resideInAnyPackage(root + ".."))
                .or(resideInAnyPackage(of(module)))
                .or(resideInAnyPackage(all(others))));
  }

  /// Each sub-domain knows those before it in the list, never one after it.
  ArchRule inOrder(String module, List<String> subdomains) {
    var rule =
        layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage(of(module))
            .withOptionalLayers(true);
    for (String each : subdomains) {
      rule = rule.layer(each).definedBy(of(module + "." + each));
    }
    for (int index = 0; index < subdomains.size(); index++) {
      String[] above = subdomains.subList(index + 1, subdomains.size()).toArray(String[]::new);
      rule =
          above.length == 0
              ? rule.whereLayer(subdomains.get(index)).mayNotBeAccessedByAnyLayer()
              : rule.whereLayer(subdomains.get(index)).mayOnlyBeAccessedByLayers(above);
    }
    return rule;
  }

  ArchRule packagesFormNoCycle() {
    return slices().matching(root + ".(**)").should().beFreeOfCycles();
  }

  ArchRule modulesFormNoCycle() {
    return slices().matching(root + ".(*)..").should().beFreeOfCycles();
  }

  ArchRule timeAndChanceComeIn(String module) {
    return noClasses()
        .that()
        .resideInAPackage(of(module))
        .should()
        .accessTargetWhere(
            takes(Instant.class, "now")
                .or(takes(Clock.class, "system.*"))
                .or(takes(InstantSource.class, "system"))
                .or(takes(UUID.class, "randomUUID"))
                .or(takes(System.class, "currentTimeMillis|nanoTime"))
                .or(takes(Math.class, "random"))
                .or(takes(Random.class, "<init>")));
  }

  ArchRule onlyTheAppSpeaksToTheTerminal() {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .and()
        .resideOutsideOfPackage(of("app"))
        .should()
        .accessTargetWhere(takes(System.class, "out|err"))
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("java.util.logging..");
  }

  /// Work that repeats is a `PeriodicTask`. The classes that start threads otherwise are listed by
  /// their full names below the root.
  ArchRule onlyPeriodicTasksLoop() {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .and()
        .resideOutsideOfPackages(of("resilience.periodic"), of("testkit"))
        .and(not(startsThreads()))
        .should()
        .accessTargetWhere(
            takes(Thread.class, "ofVirtual|ofPlatform|startVirtualThread|<init>")
                .or(takes(Executors.class, "new.*"))
                .or(takes(ScheduledThreadPoolExecutor.class, "<init>"))
                .or(takes(Timer.class, "<init>"))
                .or(takes("io.vertx.core.Vertx", "setPeriodic")));
  }

  ArchRule nothingIsInjectedIntoFields() {
    return noFields()
        .that()
        .areDeclaredInClassesThat()
        .resideInAPackage(root + "..")
        .should()
        .beAnnotatedWith(
            DescribedPredicate.describe(
                "an injecting annotation",
                annotation ->
                    annotation.getRawType().getSimpleName().matches("Inject|Autowired|Resource")));
  }

  /// A cleanup that no part declares would never run.
  ArchRule partsDeclareEachCleanup() {
    return members()
        .that(DescribedPredicate.describe("make a cleanup", this::makesACleanup))
        .should(
            new ArchCondition<JavaMember>("be used by the wiring") {
              @Override
              public void check(JavaMember member, ConditionEvents events) {
                boolean declared =
                    member.getAccessesToSelf().stream()
                        .map(access -> access.getOriginOwner().getPackageName())
                        .anyMatch(from -> from.equals(root + ".app.wiring"));
                events.add(new SimpleConditionEvent(member, declared, member.getFullName()));
              }
            });
  }

  private boolean makesACleanup(JavaMember member) {
    String type =
        switch (member) {
          case JavaField field -> field.getRawType().getName();
          case JavaMethod method -> method.getRawReturnType().getName();
          default -> "";
        };
    String cleanup = root + ".postgres.cleanup";
    return type.equals(cleanup + ".Cleanup") && !member.getOwner().getPackageName().equals(cleanup);
  }

  private DescribedPredicate<JavaClass> startsThreads() {
    return DescribedPredicate.describe(
        "may start threads",
        type -> THREADS.contains(outermost(type).substring(root.length() + 1)));
  }

  private static String outermost(JavaClass type) {
    return type.getEnclosingClass().map(Rules::outermost).orElse(type.getName());
  }

  private String of(String module) {
    return root + "." + module + "..";
  }

  private String[] all(String... modules) {
    var packages = new String[modules.length];
    for (int index = 0; index < modules.length; index++) {
      packages[index] = of(modules[index]);
    }
    return packages;
  }

  /// An access to a member of a type; `<init>` is the name of its constructors.
  private static DescribedPredicate<JavaAccess<?>> takes(Class<?> type, String member) {
    return takes(type.getName(), member);
  }

  private static DescribedPredicate<JavaAccess<?>> takes(String type, String member) {
    return DescribedPredicate.describe(
        type + "." + member,
        access ->
            access.getTargetOwner().getName().equals(type)
                && access.getTarget().getName().matches(member));
  }
}
