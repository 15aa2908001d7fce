package dev.gatehouse.telemetry.metrics;

import dev.gatehouse.http.Guard;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.Route;
import java.util.List;

/// `/metrics`, for the management port.
public final class MetricsResource {
  private final Metrics metrics;

  public MetricsResource(Metrics metrics) {
    this.metrics = metrics;
  }

  public List<Route> routes() {
    return List.of(Route.get("/metrics", this::read).access(Guard.PUBLIC));
  }

  private Response read(Request request) {
    ScrapeFormat form = ScrapeFormat.acceptedBy(request.header("accept").orElse(""));
    return Response.of(200, form.contentType(), metrics.read(form));
  }
}
