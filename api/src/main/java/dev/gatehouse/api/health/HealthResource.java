package dev.gatehouse.api.health;

import dev.gatehouse.api.Resource;
import dev.gatehouse.api.access.Access;
import dev.gatehouse.errors.InvalidFields;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.Route;
import dev.gatehouse.resilience.periodic.PeriodicTaskStatus;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// `/health` for those who restart instances, `/ready` for those who send them requests, and
/// `/ready?scope=instance` for those among them who would send no one any when no one is ready:
/// with a database away that all share, each instance can still do a part, and none can do more.
public final class HealthResource implements Resource {
  private static final String SCOPE = "scope";

  private final Readiness readiness;
  private final Supplier<List<PeriodicTaskStatus>> tasks;

  /// @param tasks the background tasks as they are now; called often, on an event loop
  public HealthResource(Readiness readiness, Supplier<List<PeriodicTaskStatus>> tasks) {
    this.readiness = readiness;
    this.tasks = tasks;
  }

  /// Also for the management port. Not limited, as a balancer probes from one address for all its
  /// clients.
  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/health", this::alive)
            .named("readHealth")
            .access(Access.PUBLIC)
            .unlimited()
            .quiet()
            .immediate(this::alive),
        Route.get("/ready", this::ready)
            .named("readReadiness")
            .access(Access.PUBLIC)
            .unlimited()
            .quiet()
            .query(SCOPE));
  }

  /// Asks no dependency: one that is away makes tasks fail, which is no reason to restart the
  /// instance. A task whose thread has died is.
  private Response alive(Request request) {
    var body = HealthBody.of(tasks.get());
    return body.alive()
        ? Response.json(200, body)
        : Response.json(503, body).withHeader("retry-after", "1");
  }

  private Response ready(Request request) {
    HealthReport report =
        request.queryParameter(SCOPE).map(this::within).orElseGet(readiness::report);
    Body body = Body.of(report);
    return report.ready()
        ? Response.json(200, body)
        : Response.json(503, body).withHeader("retry-after", "1");
  }

  private HealthReport within(String scope) {
    if (!scope.equals("instance")) {
      throw InvalidFields.of(SCOPE, "invalid", "It is instance, or left out.");
    }
    return readiness.own();
  }

  /// What is sent.
  record Body(String status, Map<String, String> checks) {
    static Body of(HealthReport report) {
      return new Body(
          report.status().name().toLowerCase(Locale.ROOT),
          report.checks().entrySet().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, check -> word(check.getValue()))));
    }

    private static String word(boolean succeeded) {
      return succeeded ? "up" : "down";
    }
  }
}
